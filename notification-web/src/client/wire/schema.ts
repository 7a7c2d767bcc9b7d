import * as z from "zod/mini";

// Zod compiles its parsers with `new Function` where it may, and finds out by trying: under a Content-Security-Policy
// without 'unsafe-eval', which is how the page is served, each try is a reported violation.
z.config({ jitless: true });

export { z };
