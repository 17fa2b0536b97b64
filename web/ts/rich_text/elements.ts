// Elements of rich text that are ours: links, pictures and videos, written exactly as the server writes them
// (`api/src/rich_text.rs`), so that a text which was saved is the text that was typed.
import { Node } from "@tiptap/core";
import TipTapLink from "@tiptap/extension-link";

/** Whether a link may lead there. */
export function isAddress(address: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(address) && URL.canParse(address);
}

export const Link = TipTapLink.extend({
  renderHTML({ HTMLAttributes }) {
    const typed = String(HTMLAttributes["href"]);
    const href = isAddress(typed) ? new URL(typed).href : "";
    return ["a", { href, target: "_blank", rel: "noopener nofollow" }, 0];
  },
});

/** A picture that was uploaded to the event. */
export const Picture = Node.create({
  name: "picture",
  group: "block",
  draggable: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" } }),
  parseHTML: () => [{ tag: 'img[src^="/pictures/"]' }],
  renderHTML: ({ HTMLAttributes: { src, alt } }) => ["img", { src, alt: alt ?? "", loading: "lazy" }],
});

const player = {
  title: "Video",
  sandbox: "allow-scripts allow-same-origin allow-presentation allow-popups",
  allow: "encrypted-media; fullscreen; picture-in-picture",
  referrerpolicy: "strict-origin-when-cross-origin",
  loading: "lazy",
};

const youtube = /^https:\/\/www\.youtube-nocookie\.com\/embed\/[\w-]{11}(\?start=\d{1,6})?$/;
const vimeo = /^https:\/\/player\.vimeo\.com\/video\/\d{1,12}(\?h=[0-9a-f]{1,40})?$/i;

export function isPlayer(address: string): boolean {
  return youtube.test(address) || vimeo.test(address);
}

/** An embedded video. */
export const Video = Node.create({
  name: "video",
  group: "block",
  draggable: true,
  addAttributes: () => ({ src: { default: "" } }),
  parseHTML: () => [{ tag: "iframe", getAttrs: frame => isPlayer(frame.getAttribute("src") ?? "") && null }],
  renderHTML: ({ HTMLAttributes: { src } }) => ["iframe", { src, ...player }],
  // A frame would take the clicks that select it here.
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("div");
    dom.className = "rich-video";
    const frame = document.createElement("iframe");
    for (const [name, value] of Object.entries({ ...player, src: node.attrs["src"] })) frame.setAttribute(name, value);
    frame.tabIndex = -1;
    dom.append(frame);
    return { dom };
  },
});

/** The player of a video by any link to it that people copy, or nothing. */
export function playerOf(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { hostname, pathname, searchParams } = new URL(link);
  const host = hostname.replace(/^(www|m|music)\./, "");
  const parts = pathname.split("/").filter(Boolean);
  let address = "";
  if (host === "youtu.be" || host === "youtube.com" || host === "youtube-nocookie.com") {
    const named = ["embed", "live", "shorts", "v"].includes(parts[0] ?? "") ? parts[1] : searchParams.get("v");
    const start = seconds(searchParams.get("t") ?? searchParams.get("start") ?? "");
    address = `https://www.youtube-nocookie.com/embed/${host === "youtu.be" ? parts[0] : named}`;
    if (start > 0) address += `?start=${start}`;
  } else if (host === "vimeo.com" || host === "player.vimeo.com") {
    const at = parts.findIndex(part => /^\d+$/.test(part));
    const key = searchParams.get("h") ?? parts[at + 1];
    address = `https://player.vimeo.com/video/${parts[at]}`;
    if (key) address += `?h=${key}`;
  }
  return isPlayer(address) ? address : undefined;
}

/** Seconds from `90`, `90s` or `1h2m3s`. */
function seconds(text: string): number {
  const [, hours, minutes, rest] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text) ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
}
