//! The parts of the page that are loaded when somebody goes there, so that nobody waits for what they do not use.
//!
//! The feature `split`, which release builds have, puts each area into a module of its own; without it, everything is
//! one module and an area is there at once.

use crate::components::{Button, EmptyState, Glyph, Skeleton};
use crate::live::call::{Driver, Setting};
use crate::live::driver;
use crate::{browser, t};
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// An area could not be loaded: the network is gone, or the server has newer pages than this one.
#[derive(Debug)]
pub struct Unloaded;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Unloaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Unloaded
    }
}

/// Makes the view of an area without following what it reads while it is made: else the whole area would be made anew when that
/// changes, and what belongs to its former self would read signals that are gone.
fn made(view: impl FnOnce() -> AnyView) -> AnyView {
    untrack(view)
}

/// An area on its way.
type Fetched = Pin<Box<dyn Future<Output = Result<AnyView, Unloaded>> + Send>>;

/// The area, and a skeleton until it is here.
///
/// Not in a `Suspense`: the effects of what that shows live on for a moment after it is left, when the signals that they read are gone
/// already. Those of a view in a closure end with it.
fn shown(place: Place, fetch: fn() -> Fetched) -> AnyView {
    let waiting = RwSignal::new(true);
    let area = move || {
        let area = fetch();
        Suspend::new(async move {
            let area = area.await.unwrap_or_else(|_| view! { <Missing place/> }.into_any());
            waiting.try_set(false);
            area
        })
    };
    // In this order: an area that is here already needs no skeleton.
    view! { {area}<Show when=move || waiting.get()><Loading place/></Show> }.into_any()
}

/// `view` as an area: a page component, and a function that loads it ahead.
///
/// Areas with the same `$module` are fetched together: what two modules share costs a file of its own, so many small ones cost more than they spare.
macro_rules! area {
    ($(#[$doc:meta])* $page:ident, $ahead:ident, $module:ident, $view:ident, $preload:ident, $place:ident, $content:expr) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($module, wasm_split_path = ::leptos::wasm_split, preload($preload), fallible)]
        fn $view() -> Result<AnyView, Unloaded> {
            Ok(made(|| $content.into_any()))
        }

        #[cfg(not(feature = "split"))]
        async fn $view() -> Result<AnyView, Unloaded> {
            Ok(made(|| $content.into_any()))
        }

        $(#[$doc])*
        #[component]
        pub fn $page() -> impl IntoView {
            shown(Place::$place, || Box::pin($view()))
        }

        /// Fetches the area before somebody goes there.
        pub fn $ahead() {
            #[cfg(feature = "split")]
            leptos::task::spawn_local(async {
                // Who goes there asks again, and is told when it fails then too.
                let _ = $preload().await;
            });
        }
    };
}

area!(
    /// Everything below `/dashboard`, and making an event.
    DashboardArea, load_dashboard, dashboard, dashboard_area, preload_dashboard_area, Whole,
    view! { <crate::pages::dashboard::Pages/> }
);

area!(
    /// The room of a session.
    RoomArea, load_room, room, room_area, preload_room_area, Whole,
    view! { <crate::pages::venue::room::Room/> }
);

area!(
    /// Trying camera and microphone before joining.
    CheckArea, load_check, devices, check_area, preload_check_area, Part,
    view! { <crate::pages::venue::room::CheckBefore/> }
);

area!(
    /// The last look into the mirror before going on screen.
    ShareFormArea, load_share_form, devices, share_form_area, preload_share_form_area, Part,
    view! { <crate::pages::venue::room::ShareForm/> }
);

area!(
    /// Another camera, microphone or speaker.
    DeviceMenusArea, load_device_menus, devices, device_menus_area, preload_device_menus_area, Part,
    view! { <crate::pages::venue::room::DeviceMenus/> }
);

area!(
    /// The schedule by day, below what is happening now.
    TimetableArea, load_timetable, timetable, timetable_area, preload_timetable_area, Part,
    view! { <crate::pages::venue::schedule::ScheduleByDay/> }
);

area!(
    /// My Agenda.
    AgendaArea, load_agenda, venue_parts, agenda_area, preload_agenda_area, Part,
    view! { <crate::pages::venue::agenda::Agenda/> }
);

area!(
    /// Who is in the event.
    PeopleArea, load_people, venue_parts, people_area, preload_people_area, Part,
    view! { <crate::pages::venue::people::People/> }
);

area!(
    /// The form of a session: the largest page of the dashboard, and one that most visits do without.
    SessionEditorArea, load_session_editor, session_editor, session_editor_area, preload_session_editor_area, Part,
    view! { <crate::pages::dashboard::editor::SessionEditor/> }
);

area!(
    /// The list of an event's sessions in the dashboard, with all that is done to many of them.
    SessionListArea, load_session_list, session_list, session_list_area, preload_session_list_area, Part,
    view! { <crate::pages::dashboard::sessions::Sessions/> }
);

area!(
    /// The schedule as organizers plan it.
    ScheduleArea, load_schedule, schedule, schedule_area, preload_schedule_area, Part,
    view! { <crate::pages::dashboard::schedule::SchedulePage/> }
);

area!(
    /// The form of a segment, in front of the schedule.
    SegmentFormArea, load_segment_form, segment_form, segment_form_area, preload_segment_form_area, Part,
    view! { <crate::pages::dashboard::schedule::OpenSegment/> }
);

area!(
    /// The schedule from a file.
    SegmentImportArea, load_segment_import, segment_form, segment_import_area, preload_segment_import_area, Part,
    view! { <crate::pages::dashboard::schedule::ImportSegments/> }
);

area!(
    /// How the venue behaves.
    VenueControlsArea, load_venue_controls, venue_controls, venue_controls_area, preload_venue_controls_area, Part,
    view! { <crate::pages::dashboard::venue_controls::VenueControls/> }
);

area!(
    /// The recordings of an event.
    RecordingsArea, load_recordings, recordings, recordings_area, preload_recordings_area, Part,
    view! { <crate::pages::dashboard::recordings::Recordings/> }
);

area!(
    /// What was recorded in a session, on its page.
    ReplaysArea, load_replays, replays, replays_area, preload_replays_area, Aside,
    view! { <crate::pages::venue::room::Replays/> }
);

area!(
    /// What has to do with mails: a forgotten password, the links that they hold.
    ByMailArea, load_by_mail, account, by_mail_area, preload_by_mail_area, Whole,
    view! { <crate::pages::by_mail::Pages/> }
);

area!(
    /// Where one is without an event: one's events and organizations.
    HomeArea, load_home, account, home_area, preload_home_area, Whole,
    view! { <crate::pages::home::Home/> }
);

area!(
    /// One's own account: what it says of one, its password, its data.
    OwnAccountArea, load_own_account, account, own_account_area, preload_own_account_area, Whole,
    view! { <crate::pages::account::OwnAccount/> }
);

area!(
    /// What only the first visitor of an installation sees.
    SetUpArea, load_set_up, account, set_up_area, preload_set_up_area, Whole,
    view! { <crate::pages::account::SetUp/> }
);

area!(
    /// The form for a session of one's own.
    OwnSessionArea, load_own_session, venue_parts, own_session_area, preload_own_session_area, Part,
    view! { <crate::pages::venue::own_session::OwnSessionForm/> }
);

area!(
    /// The chat beside the stage.
    ChatArea, load_chat, chat, chat_area, preload_chat_area, Aside,
    view! { <crate::pages::venue::room::ChatPanel/> }
);

area!(
    /// Who is in the room, beside the stage.
    RoomPeopleArea, load_room_people, chat, room_people_area, preload_room_people_area, Aside,
    view! { <crate::pages::venue::room::PeoplePanel/> }
);

area!(
    /// What only hosts see in a room.
    HostArea, load_host, host, host_area, preload_host_area, Aside,
    view! { <crate::pages::venue::room::HostControls/> }
);

area!(
    /// The player of a video that is watched together.
    VideoPlayerArea, load_video_player, youtube, video_player_area, preload_video_player_area, Part,
    view! { <crate::pages::venue::room::VideoPlayer/> }
);

area!(
    /// The link of a video to share.
    VideoFormArea, load_video_form, youtube, video_form_area, preload_video_form_area, Part,
    view! { <crate::pages::venue::room::VideoForm/> }
);

area!(
    /// Asking to go on screen.
    AskArea, load_ask, devices, ask_area, preload_ask_area, Aside,
    view! { <crate::pages::venue::room::Ask/> }
);

area!(
    /// Telling hosts in the venue who asks where.
    HostNewsArea, load_host_news, host, host_news_area, preload_host_news_area, Aside,
    view! { <crate::pages::venue::host_news::HostNews/> }
);

/// What carries a call out, which is no view: signalling, and what it says to the media layer. Fetched by `Call` as soon as there is one.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(call, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn start_driver(setting: Setting) -> Result<Driver, Unloaded> {
    Ok(driver::start(setting))
}

#[cfg(not(feature = "split"))]
pub async fn start_driver(setting: Setting) -> Result<Driver, Unloaded> {
    Ok(driver::start(setting))
}

/// Whether an area is the whole page, a part of one that has its frame already, or something beside what people came for.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Whole,
    Part,
    Aside,
}

impl Place {
    fn around(self, view: AnyView) -> AnyView {
        match self {
            Self::Whole => view! { <main class="page">{view}</main> }.into_any(),
            Self::Part | Self::Aside => view,
        }
    }
}

#[component]
fn Loading(place: Place) -> impl IntoView {
    if place == Place::Aside {
        return ().into_any();
    }
    place.around(view! { <Skeleton shape="line"/><Skeleton shape="tall"/> }.into_any())
}

/// Only a new page helps: the modules of this one are gone from a server that has a newer version.
#[component]
fn Missing(place: Place) -> impl IntoView {
    let reload = move |()| {
        // A browser that refuses to reload leaves the page as it is.
        let _ = browser::window().location().reload();
    };
    if place == Place::Aside {
        return view! { <Button label=t!("try-again") icon=Glyph::Reload on=reload/> }.into_any();
    }
    let what = view! {
        <EmptyState icon=Glyph::WifiOff title=t!("failed-title") text=t!("failure-offline")>
            <Button label=t!("try-again") icon=Glyph::Reload on=reload/>
        </EmptyState>
    };
    place.around(what.into_any())
}
