// Uploads a picture to the event that the text belongs to.

/** By what browsers call them; the server looks at the content. */
export const pictureTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const maxBytes = 2 * 1024 * 1024;

export type Answer = { url: string } | { problem: "size" | "type" | "refused" | "offline" };

export async function uploadPicture(event: string, file: File): Promise<Answer> {
  if (file.size > maxBytes) return { problem: "size" };
  try {
    const response = await fetch(`/pictures?event=${encodeURIComponent(event)}`, {
      method: "POST",
      headers: { "x-roundtable": "1", "content-type": file.type },
      body: file,
    });
    if (response.status === 413) return { problem: "size" };
    if (response.status === 415 || response.status === 422) return { problem: "type" };
    if (!response.ok) return { problem: "refused" };
    const { url } = (await response.json()) as { url: string };
    return { url };
  } catch {
    return { problem: "offline" };
  }
}
