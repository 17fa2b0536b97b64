//! Views that may be left while something inside them is about to run.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

/// A view whose effects rest from the moment in which it is left.
///
/// An effect inside another one is dropped a moment later than the signals of the view that both stand in. One that was told of the
/// very change by which the view is left would run in that moment, and read signals that are gone.
pub fn resting_when_left(view: impl FnOnce() -> AnyView) -> AnyView {
    let scope = Owner::new();
    scope.with(|| {
        // Scopes end in the order in which they were made: when the first of them ends, the other is still whole.
        let (end, inside) = (Owner::new(), Owner::new());
        let left = inside.downgrade();
        end.with(|| on_cleanup(move || left.upgrade().iter().for_each(Owner::pause)));
        let view = OwnedView::new_with_owner(inside.with(view), inside.clone());
        // Both live as long as the scope around them, also where the view itself is dropped first.
        StoredValue::new((end, inside));
        OwnedView::new(view).into_any()
    })
}
