/** What has keys of its own: fields to type into, and controls that only move by keys. */

/** Inputs in which nothing is typed. */
const TYPELESS = new Set(["range", "checkbox", "radio", "button"]);

export const isTextField = (element: Element): boolean =>
  element instanceof HTMLInputElement
    ? !TYPELESS.has(element.type)
    : element instanceof HTMLTextAreaElement || (element as HTMLElement).isContentEditable === true;

export const isField = (element: Element): boolean =>
  isTextField(element) ||
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement;
