// Bundlers put the value in, and take out what is never reached.
declare const process: { readonly env: { readonly NODE_ENV?: string } };

const said = new Set<string>();

function warn(text: string): void {
  if (!said.has(text)) {
    said.add(text);
    console.warn(`Belfry: ${text}`);
  }
}

/** In development, of what the api would refuse as a token. */
export function warnOfToken(token: unknown): void {
  if (process.env.NODE_ENV !== "development" || token === null) {
    return;
  }
  if (typeof token !== "string") {
    warn(`getToken has to give a text or null; it gave ${token === undefined ? "undefined" : `an ${typeof token}`}.`);
  } else if (/^bearer /i.test(token)) {
    warn('getToken has to give the token alone, without "Bearer " before it.');
  } else if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
    warn(`getToken has to give a JSON Web Token; it gave ${token === "" ? "an empty text" : "something else"}.`);
  }
}

/** In development, of an address that would be taken for a part of the page's own. */
export function warnOfBaseUrl(baseUrl: string): void {
  if (process.env.NODE_ENV === "development" && !/^(https?:\/\/|\/|$)/.test(baseUrl)) {
    warn(`baseUrl has to begin with https:// or be a path; "${baseUrl}" does not.`);
  }
}
