// The editor of rich text: TipTap with the elements that the server keeps, and with pictures that are uploaded.
import { Editor } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions/placeholder";
import StarterKit from "@tiptap/starter-kit";
import { commands, state } from "./commands";
import { Link, Picture, Video, isAddress } from "./elements";
import type { Listener, Settings } from "./rich_text";
import { pictureTypes, uploadPicture } from "./upload";

export class Writing {
  private readonly editor: Editor;
  private uploads = 0;
  /** The text as it was told last, or given last. */
  private last: string;

  constructor(
    place: HTMLElement,
    html: string,
    private readonly settings: Settings,
    private readonly listener: Listener,
  ) {
    this.last = html;
    this.editor = new Editor({
      element: place,
      content: html,
      // Our own style sheet has these: the page's policy allows no other.
      injectCSS: false,
      extensions: [
        StarterKit.configure({ heading: { levels: [2, 3, 4] }, link: false }),
        Link.configure({ openOnClick: false, defaultProtocol: "https", isAllowedUri: isAddress }),
        Placeholder.configure({ placeholder: settings.placeholder }),
        Picture,
        Video,
      ],
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          "aria-labelledby": settings.label,
          "aria-describedby": settings.note,
          class: "rich-text",
        },
        transformPastedHTML: html => {
          // The editor takes only elements that it knows; a picture from elsewhere would be missed.
          const pictures = [...readHtml(html).querySelectorAll("img")];
          const foreign = pictures.some(picture => !picture.getAttribute("src")?.startsWith("/pictures/"));
          if (foreign) this.listener("problem", "linked");
          // The page has its own title: theirs is a heading here, and no plain paragraph.
          return html.replace(/<(\/?)h1(?=[\s>])/gi, "<$1h2");
        },
        handlePaste: (_view, event) => this.take(event.clipboardData),
        handleDrop: (_view, event, _slice, moved) => !moved && this.take(event.dataTransfer),
      },
      onUpdate: () => this.tell(),
      onTransaction: () => this.listener("state", JSON.stringify(state(this.editor))),
    });
    this.listener("state", JSON.stringify(state(this.editor)));
  }

  set(html: string): void {
    if (html === this.last) return;
    this.last = html;
    this.editor.commands.setContent(html, { emitUpdate: false });
  }

  run(command: string, value: string): boolean {
    return commands[command]?.(this.editor, value) ?? false;
  }

  upload(files: Iterable<File>): void {
    for (const file of files) void this.uploadOne(file);
  }

  focus(): void {
    this.editor.commands.focus();
  }

  mark(wrong: boolean): void {
    this.editor.view.dom.toggleAttribute("aria-invalid", wrong);
    if (wrong) this.editor.view.dom.setAttribute("aria-invalid", "true");
  }

  destroy(): void {
    this.editor.destroy();
  }

  private tell(): void {
    const html = written(this.editor);
    if (html === this.last) return;
    this.last = html;
    this.listener("changed", html);
  }

  /** Uploads pictures that somebody pastes or drops. */
  private take(data: DataTransfer | null): boolean {
    const files = [...(data?.files ?? [])].filter(file => file.type.startsWith("image/"));
    const html = data?.getData("text/html") ?? "";
    // Programs put a picture of the text beside the text.
    if (files.length > 0 && !readHtml(html).textContent?.trim()) {
      this.upload(files);
      return true;
    }
    return false;
  }

  private async uploadOne(file: File): Promise<void> {
    if (!pictureTypes.includes(file.type)) return this.listener("problem", "type");
    this.busy(1);
    const answer = await uploadPicture(this.settings.event, file);
    this.busy(-1);
    if (this.editor.isDestroyed) return;
    if ("problem" in answer) return this.listener("problem", answer.problem);
    this.editor.chain().focus().insertContent({ type: "picture", attrs: { src: answer.url } }).run();
  }

  private busy(change: number): void {
    this.uploads += change;
    if (!this.editor.isDestroyed) this.listener("busy", String(this.uploads));
  }
}

/** Markup in a document without a window: nothing in it loads or runs. */
function readHtml(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** The text as the server keeps it: nothing when there is nothing to see, and no empty paragraphs at its end. */
function written(editor: Editor): string {
  const html = editor.getHTML().replace(/(<p><\/p>)+$/, "");
  return editor.isEmpty ? "" : html;
}
