/**
 * Asks the page's own server for the user's token, which is all of the answer's text.
 *
 * @param ending the token before, which is about to end or was refused: no cached answer will do
 * @returns null when the user has to sign in: 401, 403, or nothing
 * @throws Error when that cannot be found out now
 */
export async function tokenFrom(url: string, ending?: string): Promise<string | null> {
  const answer = await fetch(url, { cache: ending === undefined ? "default" : "reload" });
  if (answer.status === 401 || answer.status === 403) {
    return null;
  }
  if (!answer.ok) {
    throw new Error(`${url} answers ${answer.status}`);
  }
  return (await answer.text()).trim() || null;
}
