// Every screen with content as it comes in life: long titles, many sessions, none; on a wide screen, a small one and a
// phone, in light and dark.
import { look, pictureForReadme } from "../harness/looks.ts";
import { attendee, hoursFromNow, inAddress, liveEvent, roomOf, session } from "../harness/programme.ts";
import { expect, test } from "../harness/test.ts";
import { joinAt, preJoin, shareAudioAndVideo, shareScreen, tileOf } from "../pages/room.ts";

const titles = [
  "Opening: why small rooms beat big halls for good questions",
  "Rust in real time",
  "WebRTC clinic",
  "Supercalifragilisticexpialidocious-and-one-word-more",
  "Hallway",
  "Réunion des développeuses et développeurs francophones 🇫🇷",
  "Accessibility of video calls",
  "Funding open source",
];

test("the pages before one is anywhere", async ({ people }) => {
  const olga = await people("Olga Organizer");
  await olga.goto("/");
  await expect(olga.page.getByRole("button", { name: "Set up" })).toBeVisible();
  await look(olga.page, "set-up");
  await olga.goto("/sign-up");
  await expect(olga.page.getByRole("button", { name: "Create account" })).toBeVisible();
  await look(olga.page, "sign-up");
  await olga.goto("/sign-in");
  await olga.page.getByLabel("Email").fill("olga@example.org");
  await olga.page.getByLabel("Password").fill("wrong password");
  await olga.page.getByRole("button", { name: "Sign in" }).click();
  await expect(olga.page.getByRole("alert")).toBeVisible();
  await look(olga.page, "sign-in-refused");
  await olga.goto("/nowhere");
  await expect(olga.page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await look(olga.page, "not-found");
});

test("the dashboard", async ({ servers, people }) => {
  test.setTimeout(600_000);
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  await expect(olga.page.getByRole("heading", { name: "No session yet" })).toBeVisible();
  await look(olga.page, "dashboard-sessions-empty");
  await olga.goto(`/dashboard/${programme.slug}/people`);
  await expect(olga.page.getByRole("heading", { name: "Nobody is registered yet" })).toBeVisible();

  const ids: string[] = [];
  for (const [index, title] of titles.entries()) {
    ids.push(
      await session(programme, title, {
        description:
          index % 3 === 1
            ? ""
            : "Bring your questions and your half-finished ideas. Everybody may speak, nobody has to.",
        tags: index % 2 === 0 ? ["community", "beginners welcome"] : [],
        displaySize: index === 0 ? "LARGE" : "MEDIUM",
        priority: 10 - index,
        watchAccess: index === 4 ? "PRIVATE" : "ANYONE",
      }),
    );
  }
  for (const name of ["Ada Attendee", "Ben Attendee", "Maximiliane-Antoinette von und zu Hohenlohe-Langenburg"])
    await attendee(programme, name);

  await olga.goto("/");
  await expect(olga.page.getByRole("heading", { name: "Events you run" })).toBeVisible();
  await look(olga.page, "home");
  await olga.page.getByRole("button", { name: "Your account" }).click();
  await look(olga.page, "account-menu");
  await olga.goto("/dashboard/new");
  await olga.page.getByLabel("Name").fill("x".repeat(120));
  await expect(olga.page.getByText("20 characters too many.")).toBeVisible();
  await olga.page.getByRole("button", { name: "Create event" }).click();
  await expect(olga.page.getByText("At most 100 characters.")).toBeVisible();
  await look(olga.page, "create-event-problems");
  await olga.goto(`/dashboard/${programme.slug}`);
  await expect(olga.page.getByText("8 sessions so far.")).toBeVisible();
  await look(olga.page, "dashboard-overview");
  await olga.goto(`/dashboard/${programme.slug}/basics`);
  await expect(olga.page.getByLabel("Starts")).toBeVisible();
  await look(olga.page, "dashboard-basics");
  await olga.goto(`/dashboard/${programme.slug}/people`);
  await expect(olga.page.getByText("Ada Attendee")).toBeVisible();
  await look(olga.page, "dashboard-people");
  await olga.goto(`/dashboard/${programme.slug}/sessions`);
  await expect(olga.page.getByText("Rust in real time")).toBeVisible();
  await look(olga.page, "dashboard-sessions");
  await olga.page.getByRole("button", { name: "Delete Hallway" }).click();
  await expect(olga.page.getByRole("dialog")).toBeVisible();
  await look(olga.page, "dashboard-session-delete");
  await olga.goto(`/dashboard/${programme.slug}/sessions/new`);
  await olga.page.getByLabel("Title").fill("A title that is clearly longer than sixty characters, and then some");
  await look(olga.page, "dashboard-session-new");
  olga.page.once("dialog", dialog => dialog.accept());
  await olga.goto(`/dashboard/${programme.slug}/sessions/${inAddress(ids[4]!)}`);
  await expect(olga.page.getByRole("heading", { name: "Nobody is invited yet" })).toBeVisible();
  await look(olga.page, "dashboard-session-private");
});

test("the venue and the room", async ({ servers, people }) => {
  test.setTimeout(600_000);
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  const ben = await people("Ben Attendee");
  const caller = await attendee(programme, ada.name);
  await ada.goto(`/e/${programme.slug}`);
  await expect(ada.page.getByRole("link", { name: "Create an account" })).toBeVisible();
  await look(ada.page, "venue-landing");

  await ada.become(caller);
  await ben.become(await attendee(programme, ben.name));
  await ada.goto(`/e/${programme.slug}/sessions`);
  await expect(ada.page.getByRole("heading", { name: "There are no sessions yet" })).toBeVisible();
  await look(ada.page, "venue-sessions-empty");

  let room = "";
  for (const [index, title] of titles.entries()) {
    const id = await session(programme, title, {
      description:
        index % 3 === 1 ? "" : "Bring your questions and your half-finished ideas. Everybody may speak, nobody has to.",
      tags: index % 2 === 0 ? ["community", "beginners welcome"] : [],
      displaySize: index === 0 ? "LARGE" : "MEDIUM",
      priority: 10 - index,
    });
    if (index === 0) room = roomOf(programme, id);
  }
  await joinAt(ben, room);
  await shareAudioAndVideo(ben);
  await expect(ada.page.getByText("1 on screen")).toBeVisible();
  await look(ada.page, "venue-sessions");
  await ada.goto(`/e/${programme.slug}`);
  await expect(ada.page.getByText("1 on screen")).toBeVisible();
  await look(ada.page, "venue-reception");

  await ada.goto(room);
  await expect(preJoin(ada)).toBeVisible();
  await look(ada.page, "room-entrance");
  await ada.page.getByRole("button", { name: "Check camera and microphone" }).click();
  await expect(ada.page.locator("video")).toBeVisible();
  await look(ada.page, "room-check");
  await joinAt(ada, room);
  await expect(tileOf(ada, ben.name)).toBeVisible();
  await shareAudioAndVideo(ada);
  await expect(ada.page.locator("video")).toHaveCount(2);
  await look(ada.page, "room");
  await shareScreen(ben);
  await expect(ada.page.locator("video")).toHaveCount(3);
  await look(ada.page, "room-screen");
  if (process.env.README) await pictureForReadme(ada.page);
});

test("an event that is yet to come, and one that is over (A3)", async ({ servers, people }) => {
  const programme = await liveEvent(servers);
  const ada = await people("Ada Attendee");
  await ada.become(await attendee(programme, ada.name));
  const change = (times: object) =>
    programme.organizer.run(`mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { id } } }`, {
      input: { id: programme.event, ...times },
    });
  await change({ startsAt: hoursFromNow(26), endsAt: hoursFromNow(30) });
  await ada.goto(`/e/${programme.slug}`);
  await expect(ada.page.getByRole("timer")).toBeVisible();
  await look(ada.page, "venue-upcoming");
  // Pushed to the open page.
  await change({ startsAt: hoursFromNow(-5), endsAt: hoursFromNow(-1) });
  await expect(ada.page.getByRole("heading", { name: "This event is over" })).toBeVisible();
  await expect(ada.page.getByText("Nothing more is on.")).toBeVisible();
  await look(ada.page, "venue-ended");
  // Nor does a session's page offer what would be refused.
  await ada.goto(roomOf(programme, await session(programme, "Round table")));
  await expect(ada.page.getByText("This event is over")).toBeVisible();
  await expect(preJoin(ada)).toBeHidden();
  const olga = await people("Olga Organizer");
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}`);
  const steps = olga.page.getByRole("region", { name: "On the way to a live event" });
  await expect(steps).toContainText("The event is over.");
  await expect(steps).not.toContainText(/register/);
});

test("on a phone the dashboard's navigation is one row, with the link of the page in sight", async ({
  servers,
  people,
}) => {
  const programme = await liveEvent(servers);
  const olga = await people("Olga Organizer", { viewport: { width: 390, height: 844 } });
  await olga.become(programme.organizer);
  await olga.goto(`/dashboard/${programme.slug}/audit-log`);
  const link = (name: string) => olga.page.getByRole("navigation", { name: "Dashboard" }).getByRole("link", { name });
  await expect(link("Audit log")).toBeInViewport();
  await expect(link("Overview")).not.toBeInViewport();
  await link("Overview").click();
  await expect(olga.page).toHaveURL(new RegExp(`/dashboard/${programme.slug}$`));
  await expect(link("Overview")).toBeInViewport();
  expect((await olga.page.locator(".dashboard-side").boundingBox())!.height).toBeLessThan(200);
});
