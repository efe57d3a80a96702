/** A style sheet, imported as its text. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** The frame of a page that holds everything itself, as its text; the build makes it. */
declare module "embedded:page" {
  const frame: string;
  export default frame;
}
