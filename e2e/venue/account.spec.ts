// Accounts in the page: forms that say what is wrong, and logins that end in one tab and are over in the others.
import { attendee, liveEvent, password, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { signIn } from "../pages/account.ts";

test("a form says what is wrong with each field, and the person mends one after the other (A1)", async ({
  servers,
  people,
}) => {
  await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.goto("/sign-up");
  await ada.page.getByRole("button", { name: "Create account" }).click();
  const name = ada.page.getByLabel("Your name");
  await expect(name).toBeFocused();
  await expect(ada.page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await name.pressSequentially("Ada");
  await expect(name).toHaveValue("Ada");
  await expect(name).not.toHaveAttribute("aria-invalid");
  await expect(ada.page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
});

test("who organizes nothing finds at the dashboard's address what they visit (A2)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto("/dashboard");
  await ada.page.getByRole("link", { name: "Summit of Small Rooms" }).click();
  await expect(ada.page).toHaveURL(new RegExp(`/e/${programme.slug}$`));
});

test("the password is changed, and the old one opens nothing any more (A1)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto("/account");
  const form = ada.page.getByRole("form", { name: "Change password" });
  await form.getByLabel("Current password").fill("no such password");
  await form.getByLabel("New password").fill("a much newer password");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("This is not your current password.")).toBeVisible();
  await form.getByLabel("Current password").fill(password);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(ada.page.getByText("Your password is changed.")).toBeVisible();
  const later = await people("Ada Attendee");
  later.expectProblems(/401/);
  await later.goto("/sign-in");
  await signIn(later);
  await expect(later.page.getByRole("alert")).toBeVisible();
  await signIn(later, "a much newer password");
  await expect(later.page.getByRole("button", { name: "Your account" })).toBeVisible();
});

test("signing out in one tab ends what the others show, and signing in again brings it back (A1)", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  await session(programme, "Round table");
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByText("Round table")).toBeVisible();

  const other = await ada.context.newPage();
  await other.goto(`${servers.url}/e/${programme.slug}`);
  await other.getByRole("button", { name: "Your account" }).click();
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(ada.page.getByText("Round table")).toBeHidden();
  await ada.page.getByRole("link", { name: "Sign in" }).first().click();
  await signIn(ada, password);
  // Straight back to where the sign-in was asked for.
  await expect(ada.page.getByText("Round table")).toBeVisible();
});
