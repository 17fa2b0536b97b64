/** Which camera, microphone and speaker the person chose, remembered in this browser (H2). */

export type Kind = "camera" | "microphone" | "speaker";

const key = (kind: Kind): string => `roundtable.device.${kind}`;

/** The chosen device's id, or null for the browser's default. */
export function chosen(kind: Kind): string | null {
  try {
    return localStorage.getItem(key(kind));
  } catch {
    return null;
  }
}

export function choose(kind: Kind, device: string): void {
  try {
    if (device === "") localStorage.removeItem(key(kind));
    else localStorage.setItem(key(kind), device);
  } catch {
    // A browser without storage still works: it only forgets the choice.
  }
}
