// The chat beside the stage: its button, its messages, and where they are written.
import type { Locator } from "@playwright/test";
import type { Caller } from "../harness/caller.ts";
import { type Person, expect } from "../harness/test.ts";

/** Opens the chat; how many messages are new is in its name. */
export function chatButton(person: Person): Locator {
  return person.page.getByRole("button", { name: /^Chat(,|$)/ });
}

export function chatPanel(person: Person): Locator {
  return person.page.getByRole("complementary", { name: "Chat" });
}

export async function openChat(person: Person): Promise<void> {
  await chatButton(person).click();
  await expect(chatPanel(person).getByRole("log", { name: "Messages" })).toBeVisible();
}

/** All messages in order, those on their way included. */
export function messages(person: Person): Locator {
  return chatPanel(person).getByRole("log").getByRole("listitem");
}

export function message(person: Person, text: string | RegExp): Locator {
  return messages(person).filter({ hasText: text });
}

export function field(person: Person): Locator {
  return chatPanel(person).getByRole("textbox", { name: "Message" });
}

export async function write(person: Person, text: string): Promise<void> {
  await field(person).fill(text);
  await field(person).press("Enter");
}

/** Opens what can be done about a message. */
export async function actions(message: Locator): Promise<void> {
  await message.hover();
  await message.getByRole("button", { name: /^Actions for the message of / }).click();
}

export async function act(message: Locator, action: string): Promise<void> {
  await actions(message);
  await message.getByRole("button", { name: action, exact: true }).click();
}

/** For hosts: slow mode and pause. */
export async function setChat(host: Person, setting: string): Promise<void> {
  await chatPanel(host).getByRole("button", { name: "Chat settings" }).click();
  await host.page.getByRole("button", { name: setting, exact: true }).click();
}

/** The people who are offered after an `@`. */
export function offers(person: Person): Locator {
  return chatPanel(person).getByRole("listbox", { name: "People to mention" }).getByRole("option");
}

let written = 0;

/** Writes without a page; gives the message's id. */
export async function say(caller: Caller, sessionId: string, text: string): Promise<string> {
  const { sendMessage } = await caller.run(
    `mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }`,
    { input: { sessionId, text, clientId: `said-${written++}` } },
  );
  return sendMessage.message.id;
}
