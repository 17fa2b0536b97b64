//! The parts every screen is made of. They take props and give callbacks; pages touch stores and the API.

pub mod avatar;
pub mod button;
pub mod choice;
pub mod combobox;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod icon;
pub mod menu;
pub mod picture;
pub mod picture_field;
pub mod rich_text;
pub mod search;
pub mod skeleton;
pub mod switch;
pub mod toast;

pub use avatar::Avatar;
pub use button::{Button, ButtonLink, IconButton, Kind, SubmitButton};
pub use choice::{Choice, Possibility};
pub use combobox::{Combobox, Offered};
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use field::{Form, FormProblems, TextArea, TextField};
pub use icon::{Glyph, Icon};
pub use menu::Menu;
pub use picture::{PictureSize, ShownPicture, UploadedPicture};
pub use picture_field::PictureField;
pub use rich_text::{RichText, RichTextField};
pub use search::{SearchField, in_address};
pub use skeleton::{Skeleton, Spinner};
pub use switch::Switch;
pub use toast::{Toasts, Way, use_toasts};
