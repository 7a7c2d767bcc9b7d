/** What has the focus, in whichever shadow root: to the document it is the element that holds the outermost one. */
export function focused(): Element | null {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) {
    ({ activeElement } = activeElement.shadowRoot);
  }
  return activeElement;
}
