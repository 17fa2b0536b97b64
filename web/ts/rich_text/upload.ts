// Uploads a picture to the event that the text belongs to.

/** By what browsers call them; the server looks at the content. */
export const pictureTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

const maxBytes = 2 * 1024 * 1024;

export type Answer = { url: string } | { problem: "size" | "type" | "refused" | "offline" };

interface Uploaded {
  data?: { uploadPicture: { picture: { full: { url: string } } } };
  errors?: { extensions?: { problems?: { code: string }[] } }[];
}

export async function uploadPicture(event: string, file: File): Promise<Answer> {
  if (file.size > maxBytes) return { problem: "size" };
  try {
    const response = await fetch(`/events/${encodeURIComponent(event)}/pictures`, {
      method: "POST",
      headers: { "x-roundtable": "1", "content-type": file.type },
      body: file,
    });
    const answer = (await response.json()) as Uploaded;
    if (answer.data) return { url: answer.data.uploadPicture.picture.full.url };
    const problem = answer.errors?.[0]?.extensions?.problems?.[0]?.code;
    if (problem === "TOO_LONG" || problem === "OUT_OF_RANGE") return { problem: "size" };
    return { problem: problem ? "type" : "refused" };
  } catch {
    return { problem: "offline" };
  }
}
