// What comes by mail, as people meet it: through the page that shows mails in development, to the end.
import { look } from "../harness/looks.ts";
import { mailTo, tokenTo } from "../harness/mail.ts";
import { account, attendee, emailOf, liveEvent, session } from "../harness/programme.ts";
import { type Person, accessible, expect, test } from "../harness/test.ts";
import { signIn, signUp } from "../pages/account.ts";

const newPassword = "another horse battery staple";

/** Opens a mail and follows its link, as one does. */
async function follow(person: Person, email: string, subject: string): Promise<void> {
  await person.goto(await mailTo(person.servers, email, subject));
  await person.page.locator("a[href*='#token=']").click();
}

test("a forgotten password is set by the link of a mail, once (A1)", async ({ servers, people }) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await account(servers, ada.name);
  await ada.goto("/sign-in");
  await ada.page.getByRole("link", { name: "Forgot your password?" }).click();
  await ada.page.getByLabel("Email").fill(emailOf(ada.name));
  await accessible(ada.page);
  await ada.page.getByRole("button", { name: "Send the link" }).click();
  await expect(ada.page.getByRole("heading", { name: "Look into your mail" })).toBeFocused();

  await follow(ada, emailOf(ada.name), "Set a new password");
  await ada.page.getByRole("textbox", { name: "New password" }).fill("short");
  await ada.page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(ada.page.getByText("At least 10 characters.", { exact: true })).toBeVisible();
  await ada.page.getByRole("textbox", { name: "New password" }).fill(newPassword);
  await accessible(ada.page);
  await ada.page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(ada.page.getByRole("heading", { name: "Events", exact: true })).toBeVisible();
  // The address counts as confirmed, so nothing asks for that.
  await expect(ada.page.getByText("Confirm your email address")).toBeHidden();
  expect(ada.page.url()).not.toContain("token");

  await follow(ada, emailOf(ada.name), "Set a new password");
  await ada.page.getByRole("textbox", { name: "New password" }).fill("a third horse battery");
  await ada.page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(ada.page.getByRole("heading", { name: "This link was used already" })).toBeVisible();
  await ada.page.getByRole("link", { name: "Ask for a new link" }).click();
  await expect(ada.page).toHaveURL(/\/forgot-password$/);
  const again = await people("Ada Attendee", {});
  await again.goto("/sign-in");
  await signIn(again, newPassword);
  await expect(again.page.getByRole("heading", { name: "Events", exact: true })).toBeVisible();
  // Neither who was written to, nor what opens the account.
  expect(servers.log).not.toContain("@example.org");
  expect(servers.log).not.toMatch(/[0-9a-f]{64}/);
});

test("the link of a registration signs in on another device, as often as one likes (A1)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  await attendee(programme, "Ada Attendee");
  const ada = await people("Ada Attendee");
  await follow(ada, emailOf(ada.name), "You are registered");
  await expect(ada.page).toHaveURL(new RegExp(`/e/${programme.slug}$`));
  await expect(ada.page.getByRole("link", { name: "Sessions", exact: true })).toBeVisible();

  // Another device asks for the link on the event's page.
  const phone = await people("Ada Attendee", { viewport: { width: 390, height: 844 } });
  await phone.goto(`/e/${programme.slug}`);
  await phone.page.getByRole("link", { name: "Mail me a link" }).click();
  await phone.page.getByLabel("Email").fill(emailOf(ada.name));
  await accessible(phone.page);
  await phone.page.getByRole("button", { name: "Send the link" }).click();
  await expect(phone.page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  await follow(phone, emailOf(ada.name), "Your link to");
  await expect(phone.page).toHaveURL(new RegExp(`/e/${programme.slug}$`));

  await phone.goto("/sign-in-link#token=0123");
  await expect(phone.page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
});

test("an email address is confirmed by a mail that can be sent again, and only invitations wait for it (A1, C3)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.goto(`/e/${programme.slug}`);
  await signUp(ada);
  await ada.page.getByRole("button", { name: "Register" }).click();
  const banner = ada.page.getByRole("complementary", { name: "Confirm your email address" });
  await expect(banner).toContainText("Sessions that you are invited to appear once you confirm it.");
  await accessible(ada.page);
  await banner.getByRole("button", { name: "Send it again" }).click();
  await expect(ada.page.getByText("The mail is on its way.")).toBeVisible();
  await follow(ada, emailOf(ada.name), "Confirm your email address");
  await expect(ada.page.getByRole("heading", { name: "Your email address is confirmed" })).toBeVisible();
  await ada.goto(`/e/${programme.slug}`);
  await expect(ada.page.getByRole("link", { name: "Sessions", exact: true })).toBeVisible();
  await expect(banner).toBeHidden();
});

test("somebody without an account is invited to organize, signs up and is in the dashboard (A2)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/people`);
  const organizers = olga.page.getByRole("region", { name: "Organizers" });
  for (const name of ["Otto Organizer", "Oskar Other"]) {
    await organizers.getByLabel("Email").fill(emailOf(name));
    await organizers.getByRole("button", { name: "Invite organizer" }).click();
    await expect(organizers.getByText(emailOf(name))).toBeVisible();
  }
  await accessible(olga.page);
  await organizers.getByRole("button", { name: `Withdraw the invitation of ${emailOf("Oskar Other")}` }).click();
  await expect(organizers.getByText(emailOf("Oskar Other"))).toBeHidden();

  const otto = await people("Otto Organizer");
  await follow(otto, emailOf(otto.name), "invites you to organize");
  await expect(otto.page.getByText("Hall of Records invites")).toBeVisible();
  await accessible(otto.page);
  // The address that the invitation is for need not be typed again.
  await otto.page.getByRole("link", { name: "Create an account" }).click();
  await expect(otto.page.getByLabel("Email")).toHaveValue(emailOf(otto.name));
  await otto.page.goBack();
  await signUp(otto);
  await otto.page.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(otto.page).toHaveURL(/\/dashboard$/);
  await otto.page.getByRole("link", { name: "Summit of Small Rooms" }).click();
  await expect(otto.page.getByRole("navigation", { name: "Dashboard" })).toBeVisible();
  await olga.page.reload();
  await expect(organizers.getByText("Otto Organizer")).toBeVisible();

  // Removed again, the dashboard is nobody's page.
  await organizers.getByRole("button", { name: "Remove Otto Organizer as an organizer" }).click();
  const question = olga.page.getByRole("dialog", { name: "Remove Otto Organizer as an organizer" });
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(organizers.getByText("Otto Organizer")).toBeHidden();
  await expect(olga.page.locator(":focus"), "the focus is not nowhere").toHaveCount(1);
  await expect(otto.page.getByRole("navigation", { name: "Dashboard" })).toBeHidden();
  // The last one is told at once that it cannot be, and not asked.
  await organizers.getByRole("button", { name: /^Remove .+ as an organizer$/ }).click();
  await expect(olga.page.getByText("The last organizer stays. Add another one first.")).toBeVisible();
  await expect(olga.page.getByRole("dialog")).toBeHidden();
});

test("who opens an invitation of somebody else begins no account with its address (A2)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  await programme.organizer.run(
    `mutation($input: InviteOrganizerInput!) { inviteOrganizer(input: $input) { organization { id } } }`,
    { input: { organizationId: programme.organization, email: emailOf("Otto Organizer") } },
  );
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  // The mail's own link leads to a name of this machine for which she has no cookie.
  await ada.goto(`/organizer-invitation#token=${await tokenTo(servers, emailOf("Otto Organizer"), "invites you")}`);
  await expect(ada.page.getByText(`This invitation is for ${emailOf("Otto Organizer")}`)).toBeVisible();
  await ada.page.getByRole("link", { name: "Roundtable" }).click();
  await ada.page.getByRole("link", { name: "Summit of Small Rooms" }).click();
  await ada.page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(ada.page.getByText("Round table")).toBeVisible();

  // Signed out elsewhere, this page goes on as it is.
  const other = await ada.context.newPage();
  await other.goto(`${servers.url}/e/${programme.slug}`);
  await other.getByRole("button", { name: "Your account" }).click();
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(ada.page.getByText("Round table")).toBeHidden();
  await ada.page.getByRole("link", { name: "Sign in" }).first().click();
  await ada.page.getByRole("link", { name: "Create an account" }).click();
  await expect(ada.page.getByRole("heading", { name: "Create an account" })).toBeVisible();
  await expect(ada.page.getByLabel("Email")).toHaveValue("");
});

test("pages of mails at every width, in both colour schemes", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto("/");
  await expect(ada.page.getByText("Confirm your email address")).toBeVisible();
  await look(ada.page, "mail-confirm");
  await ada.goto("/account");
  await expect(ada.page.getByLabel("Current password")).toBeVisible();
  await look(ada.page, "mail-account");
  await ada.goto("/sign-in-link#token=0123");
  await expect(ada.page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await look(ada.page, "mail-dead-link");
  const nora = await people("Nora Nobody");
  await nora.goto(`/e/${programme.slug}`);
  await expect(nora.page.getByRole("link", { name: "Mail me a link" })).toBeVisible();
  await look(nora.page, "mail-landing");
  await nora.goto("/reset-password#token=0123");
  await expect(nora.page.getByRole("textbox", { name: "New password" })).toBeVisible();
  await look(nora.page, "mail-reset");
  await nora.goto("/forgot-password");
  await nora.page.getByLabel("Email").fill("nora@example.org");
  await nora.page.getByRole("button", { name: "Send the link" }).click();
  await expect(nora.page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  await look(nora.page, "mail-on-its-way");
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/people`);
  const organizers = olga.page.getByRole("region", { name: "Organizers" });
  await organizers.getByLabel("Email").fill("otto@example.org");
  await organizers.getByRole("button", { name: "Invite organizer" }).click();
  await expect(organizers.getByText("otto@example.org", { exact: true })).toBeVisible();
  await organizers.scrollIntoViewIfNeeded();
  await look(olga.page, "mail-organizers");
  await nora.goto(await mailTo(servers, "otto@example.org", "invites you"));
  await nora.page.locator("a[href*='#token=']").click();
  await expect(nora.page.getByText("Hall of Records invites")).toBeVisible();
  await look(nora.page, "mail-invitation");
});
