/** What an instructor reads. */
export const sendingTexts = {};
