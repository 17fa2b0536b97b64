// What the buttons above rich text do, and which of them are pressed.
import type { Editor } from "@tiptap/core";
import { isAddress, playerOf } from "./elements";

type Command = (editor: Editor, value: string) => boolean;

const chain = (editor: Editor) => editor.chain().focus();

export const commands: Record<string, Command> = {
  bold: editor => chain(editor).toggleBold().run(),
  italic: editor => chain(editor).toggleItalic().run(),
  underline: editor => chain(editor).toggleUnderline().run(),
  strike: editor => chain(editor).toggleStrike().run(),
  heading: editor => chain(editor).toggleHeading({ level: 2 }).run(),
  subheading: editor => chain(editor).toggleHeading({ level: 3 }).run(),
  bullets: editor => chain(editor).toggleBulletList().run(),
  numbers: editor => chain(editor).toggleOrderedList().run(),
  quote: editor => chain(editor).toggleBlockquote().run(),
  undo: editor => chain(editor).undo().run(),
  redo: editor => chain(editor).redo().run(),
  link: (editor, value) => {
    const address = addressOf(value);
    if (!address) return false;
    if (!editor.state.selection.empty || editor.isActive("link")) {
      return chain(editor).extendMarkRange("link").setLink({ href: address }).run();
    }
    // With nothing selected the address is the text as well.
    const mark = { type: "link", attrs: { href: address } };
    return chain(editor).insertContent({ type: "text", text: value.trim(), marks: [mark] }).unsetMark("link").run();
  },
  unlink: editor => chain(editor).extendMarkRange("link").unsetLink().run(),
  video: (editor, value) => {
    const src = playerOf(value.trim());
    return src !== undefined && chain(editor).insertContent({ type: "video", attrs: { src } }).run();
  },
  // Without the focus: the person is typing it in a field of its own.
  alt: (editor, value) => editor.commands.updateAttributes("picture", { alt: value }),
};

/** An address as people write it: `example.org` and `ada@example.org` are enough. */
function addressOf(text: string): string | undefined {
  const typed = text.trim();
  if (isAddress(typed)) return new URL(typed).href;
  if (/^[a-z][a-z0-9+.-]*:/i.test(typed) || /\s/.test(typed) || !typed.includes(".")) return undefined;
  const address = typed.includes("@") && !typed.includes("/") ? `mailto:${typed}` : `https://${typed}`;
  return isAddress(address) ? new URL(address).href : undefined;
}

/** For the buttons: what is on at the cursor, what can be done, the link or the picture that is chosen. */
export function state(editor: Editor): object {
  const on = ["bold", "italic", "underline", "strike", "link"].filter(name => editor.isActive(name));
  if (editor.isActive("heading", { level: 2 })) on.push("heading");
  if (editor.isActive("heading", { level: 3 })) on.push("subheading");
  if (editor.isActive("bulletList")) on.push("bullets");
  if (editor.isActive("orderedList")) on.push("numbers");
  if (editor.isActive("blockquote")) on.push("quote");
  return {
    on,
    undo: editor.can().undo(),
    redo: editor.can().redo(),
    href: editor.getAttributes("link")["href"] ?? "",
    alt: editor.isActive("picture") ? (editor.getAttributes("picture")["alt"] ?? "") : null,
  };
}
