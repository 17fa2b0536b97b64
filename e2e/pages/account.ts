// Signing up, in and out, the way people do it.
import { password } from "../harness/programme.ts";
import { emailOf } from "../harness/programme.ts";
import { type Person, expect } from "../harness/test.ts";

/** The first visitor of an empty installation: names the organization and becomes its organizer. */
export async function setUp(person: Person, organization: string): Promise<void> {
  await expect(person.page).toHaveURL(/\/set-up$/);
  await person.page.getByLabel("Organization").fill(organization);
  await person.page.getByLabel("Your name").fill(person.name);
  await person.page.getByLabel("Email").fill(emailOf(person.name));
  await person.page.getByLabel("Password").fill(password);
  await person.page.getByRole("button", { name: "Set up" }).click();
  await expect(person.page).toHaveURL(/\/dashboard/);
}

export async function signUp(person: Person): Promise<void> {
  await person.page.getByRole("link", { name: "Create an account" }).first().click();
  await person.page.getByLabel("Your name").fill(person.name);
  await person.page.getByLabel("Email").fill(emailOf(person.name));
  await person.page.getByLabel("Password").fill(password);
  await person.page.getByRole("button", { name: "Create account" }).click();
}

export async function signIn(person: Person, secret = password): Promise<void> {
  await person.page.getByLabel("Email").fill(emailOf(person.name));
  await person.page.getByLabel("Password").fill(secret);
  await person.page.getByRole("button", { name: "Sign in" }).click();
}
