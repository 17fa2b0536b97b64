//! Icons, from lucide. `bundle.mjs` reads the names in this file and puts exactly these drawings into the page.

use leptos::prelude::*;

macro_rules! glyphs {
    ($($variant:ident = $name:literal,)*) => {
        /// A drawing that the page carries.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph {
            $($variant,)*
        }

        impl Glyph {
            fn address(self) -> &'static str {
                match self {
                    $(Glyph::$variant => concat!("#icon-", $name),)*
                }
            }
        }
    };
}

glyphs! {
    Add = "plus",
    Alert = "triangle-alert",
    Armchair = "armchair",
    ArrowLeft = "arrow-left",
    Ban = "ban",
    Bell = "bell",
    BellOff = "bell-off",
    Bold = "bold",
    Bullets = "list",
    Calendar = "calendar-days",
    CalendarAdd = "calendar-plus",
    CalendarCheck = "calendar-check",
    CalendarFile = "calendar-arrow-down",
    Camera = "video",
    CameraOff = "video-off",
    Check = "check",
    ChevronDown = "chevron-down",
    ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right",
    ChevronUp = "chevron-up",
    Clock = "clock",
    Close = "x",
    Coffee = "coffee",
    Copy = "copy",
    Download = "download",
    Edit = "pencil",
    Error = "circle-alert",
    External = "external-link",
    Film = "film",
    FullScreen = "maximize",
    FullScreenExit = "minimize",
    Globe = "globe",
    Grid = "layout-grid",
    Grip = "grip-vertical",
    Hand = "hand",
    HandDown = "pointer",
    Heading = "heading-2",
    Home = "house",
    Info = "info",
    Italic = "italic",
    Key = "key-round",
    Leave = "log-out",
    Link = "link",
    Lock = "lock",
    Mail = "mail",
    Message = "message-square",
    MessageOff = "message-square-off",
    Microphone = "mic",
    MicrophoneOff = "mic-off",
    Moon = "moon",
    More = "ellipsis",
    Numbers = "list-ordered",
    Overview = "layout-dashboard",
    PanelRight = "panel-right",
    People = "users",
    Person = "user",
    PersonAdd = "user-plus",
    Picture = "image-plus",
    Pin = "pin",
    PinOff = "pin-off",
    Quote = "text-quote",
    Redo = "redo-2",
    Reload = "refresh-cw",
    Reply = "reply",
    ScreenShare = "screen-share",
    ScreenShareOff = "screen-share-off",
    Search = "search",
    Sessions = "messages-square",
    Send = "send-horizontal",
    Settings = "settings",
    Shield = "shield",
    Signal = "signal",
    SignalLow = "signal-low",
    SignalMedium = "signal-medium",
    SignalZero = "signal-zero",
    SignIn = "log-in",
    Sliders = "sliders-horizontal",
    Smile = "smile",
    Speaker = "volume-2",
    SpeakerOff = "volume-x",
    Strike = "strikethrough",
    Subheading = "heading-3",
    Sun = "sun",
    System = "monitor",
    Tag = "tag",
    Ticket = "ticket",
    Trash = "trash-2",
    Underline = "underline",
    Undo = "undo-2",
    Upload = "upload",
    Venue = "door-open",
    Video = "square-play",
    Viewers = "eye",
    Waiting = "hourglass",
    WifiOff = "wifi-off",
    ZoomIn = "zoom-in",
    ZoomOut = "zoom-out",
}

/// A drawing beside words that say the same; hidden from assistive technology.
#[component]
pub fn Icon(#[prop(into)] glyph: Signal<Glyph>) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=move || glyph.get().address()></use>
        </svg>
    }
}
