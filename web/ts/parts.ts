// The small modules of the page's areas, which bundle.mjs puts into one file.

/** What holds such parts, by name: on its way or here. */
const fetched = new Map<string, Promise<ArrayBuffer>>();

/**
 * These bytes of a file, answered like a module that is a file of its own. What could not be fetched is fetched again by
 * who asks again.
 */
export async function part(file: string, from: number, to: number): Promise<Response> {
  const whole = fetched.get(file) ?? fetchWhole(file);
  fetched.set(file, whole);
  whole.catch(() => fetched.delete(file));
  return new Response((await whole).slice(from, to), { headers: { "content-type": "application/wasm" } });
}

async function fetchWhole(file: string): Promise<ArrayBuffer> {
  const answer = await fetch(new URL(file, import.meta.url));
  if (!answer.ok) throw new Error(`the modules are not there: ${answer.status}`);
  return answer.arrayBuffer();
}
