// The mails that the product would have sent: development shows them at /dev/mail.
import { expect } from "@playwright/test";
import type { Servers } from "./servers.ts";

/** The address of the newest mail to somebody with this subject, on the page that shows it; waits until there is one. */
export async function mailTo(servers: Servers, email: string, subject: string): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(
      async () => {
        const list = await (await fetch(`${servers.url}/dev/mail`)).text();
        const mails = list.matchAll(/<a href="([^"]+)">([^<]*)<\/a> to ([^,]*),/g);
        found = [...mails].find(([, , about, to]) => about!.includes(subject) && to === email)?.[1];
        return found;
      },
      { message: `a mail "${subject}" to ${email}` },
    )
    .toBeDefined();
  return found!;
}

/** The token in the link of that mail. */
export async function tokenTo(servers: Servers, email: string, subject: string): Promise<string> {
  const page = await (await fetch(servers.url + (await mailTo(servers, email, subject)))).text();
  return page.match(/#token=([0-9a-f]+)/)![1]!;
}
