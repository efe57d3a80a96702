/** A style sheet, imported as its text. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** The bundled layout script, imported as its text; the build makes it. */
declare module "embedded:layout" {
  const source: string;
  export default source;
}
