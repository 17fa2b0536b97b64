//! What lies on a tile beside its picture: the name, round corners, the frame around who speaks; and the face of who has no picture.

use crate::canvas::Sprite;
use crate::colour::Colour;
use crate::layout::{HEIGHT, Rect, WIDTH};
use crate::look;
use crate::scenes::Tile;
use crate::text::{LINE, MEDIUM, SEMI_BOLD, Type, Writer};
use protocol::room::Seat;
use std::collections::HashMap;
use std::rc::Rc;
use tiny_skia::{FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Stroke, Transform};

/// Pixels of the round corners of a tile.
const RADIUS: usize = 10;

/// Pixels of the frame around who speaks.
const FRAME: usize = 4;

/// Pixels of height of a tile below which a name comes near the face.
const SMALL: usize = 200;

/// Something that lies on a tile.
#[derive(Clone, Debug)]
pub struct Laid {
    pub left: usize,
    pub top: usize,
    pub sprite: Rc<Sprite>,
}

/// Draws what lies on tiles, each thing once.
pub struct Wardrobe {
    writer: Writer,
    labels: HashMap<Label, Rc<Sprite>>,
    faces: HashMap<(String, usize), Rc<Sprite>>,
    frames: HashMap<(usize, usize, bool), Vec<Laid>>,
}

/// What makes a name's plate look as it does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Label {
    name: String,
    mark: Option<Mark>,
    /// Pixels of the letters.
    size: usize,
    /// Pixels that it may be wide.
    most: usize,
}

/// What stands before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mark {
    /// A microphone that is off.
    Silent,
    Screen,
}

impl Wardrobe {
    pub fn new() -> Self {
        Self { writer: Writer::new(), labels: HashMap::new(), faces: HashMap::new(), frames: HashMap::new() }
    }

    /// What lies on a tile whatever it shows. Corners of the first of them are under the others.
    pub fn over(&mut self, tile: &Tile, speaks: bool) -> Vec<Laid> {
        let mut all = self.frame(tile.place, speaks && tile.seat == Seat::Person);
        all.extend(self.label(tile));
        all
    }

    /// The circle with initials of somebody without a picture.
    pub fn face(&mut self, tile: &Tile) -> Option<Laid> {
        let Rect { left, top, width, height } = tile.place;
        let side = (width.min(height) * 34 / 100) & !1;
        let Self { writer, faces, .. } = self;
        let sprite = match faces.get(&(tile.name.clone(), side)) {
            Some(sprite) => Rc::clone(sprite),
            None => {
                let sprite = Rc::new(draw_face(writer, &tile.name, side)?);
                faces.insert((tile.name.clone(), side), Rc::clone(&sprite));
                sprite
            }
        };
        // In the middle; where that is small, of what the name leaves.
        let free = if height < SMALL { height - height / 4 } else { height };
        let middle = |from: usize, size: usize| (from + (size - side) / 2) & !1;
        Some(Laid { left: middle(left, width), top: middle(top, free), sprite })
    }

    fn label(&mut self, tile: &Tile) -> Option<Laid> {
        let Rect { left, top, width, height } = tile.place;
        let size = (height / 18).clamp(12, 26);
        let margin = if width < 320 { 4 } else { 10 };
        let mark = match tile.seat {
            Seat::Screen => Some(Mark::Screen),
            _ => tile.silent.then_some(Mark::Silent),
        };
        let label = Label { name: look::one_line(&tile.name), mark, size, most: width.saturating_sub(2 * margin) & !1 };
        let Self { writer, labels, .. } = self;
        let sprite = match labels.get(&label) {
            Some(sprite) => Rc::clone(sprite),
            None => {
                let sprite = Rc::new(draw_label(writer, &label)?);
                labels.insert(label, Rc::clone(&sprite));
                sprite
            }
        };
        let top = (top + height).checked_sub(margin + sprite.height)? & !1;
        Some(Laid { left: left + margin, top, sprite })
    }

    /// Corners that are round, and the frame: four strips along the edges.
    fn frame(&mut self, place: Rect, speaks: bool) -> Vec<Laid> {
        let Rect { left, top, width, height } = place;
        let is_whole = (width, height) == (WIDTH, HEIGHT);
        if width < 4 * RADIUS || height < 4 * RADIUS || (is_whole && !speaks) {
            return Vec::new();
        }
        let strips = self.frames.entry((width, height, speaks)).or_insert_with(|| {
            let radius = if is_whole { 0.0 } else { RADIUS as f32 };
            draw_frame(width, height, radius, speaks).map(|drawn| cut(&drawn)).unwrap_or_default()
        });
        strips.iter().map(|strip| Laid { left: left + strip.left, top: top + strip.top, ..strip.clone() }).collect()
    }
}

fn paint(Colour { red, green, blue }: Colour, alpha: u8) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, alpha);
    paint
}

/// Half of the way that a curve needs to be a quarter of a circle.
const ARC: f32 = 0.552_284_8;

fn rounded(left: f32, top: f32, width: f32, height: f32, radius: f32) -> Option<Path> {
    let (right, bottom, off) = (left + width, top + height, radius * (1.0 - ARC));
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - off, top, right, top + off, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - off, right - off, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + off, bottom, left, bottom - off, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + off, left + off, top, left + radius, top);
    path.close();
    path.finish()
}

fn sprite(pixmap: &Pixmap) -> Sprite {
    cut_out(pixmap, 0, 0, pixmap.width() as usize, pixmap.height() as usize)
}

fn cut_out(pixmap: &Pixmap, left: usize, top: usize, width: usize, height: usize) -> Sprite {
    Sprite::of(width, height, |x, y| {
        pixmap
            .pixel((left + x) as u32, (top + y) as u32)
            .map_or([0; 4], |pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()])
    })
}

fn draw_frame(width: usize, height: usize, radius: f32, speaks: bool) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(width as u32, height as u32)?;
    let (wide, high) = (width as f32, height as f32);
    // What of the corners does not belong to the tile: everything but its inside.
    let mut around = PathBuilder::new();
    around.push_path(&rounded(0.0, 0.0, wide, high, radius)?);
    around.push_rect(tiny_skia::Rect::from_xywh(-1.0, -1.0, wide + 2.0, high + 2.0)?);
    pixmap.fill_path(&around.finish()?, &paint(look::GROUND, 255), FillRule::EvenOdd, Transform::identity(), None);
    if speaks {
        let half = FRAME as f32 / 2.0;
        let line = rounded(half, half, wide - 2.0 * half, high - 2.0 * half, (radius - half).max(0.0))?;
        let stroke = Stroke { width: FRAME as f32, ..Stroke::default() };
        pixmap.stroke_path(&line, &paint(look::SPEAKING, 255), &stroke, Transform::identity(), None);
    }
    Some(pixmap)
}

/// The strips along the edges as deep as a corner: in the middle there is nothing.
fn cut(drawn: &Pixmap) -> Vec<Laid> {
    let (width, height) = (drawn.width() as usize, drawn.height() as usize);
    let piece =
        |left, top, width, height| Laid { left, top, sprite: Rc::new(cut_out(drawn, left, top, width, height)) };
    vec![
        piece(0, 0, width, RADIUS),
        piece(0, height - RADIUS, width, RADIUS),
        piece(0, RADIUS, FRAME, height - 2 * RADIUS),
        piece(width - FRAME, RADIUS, FRAME, height - 2 * RADIUS),
    ]
}

fn draw_face(writer: &mut Writer, name: &str, side: usize) -> Option<Sprite> {
    let mut pixmap = Pixmap::new(side as u32, side as u32)?;
    let half = side as f32 / 2.0;
    let circle = PathBuilder::from_circle(half, half, half)?;
    pixmap.fill_path(&circle, &paint(look::hue(name), 255), FillRule::Winding, Transform::identity(), None);
    let letters = Type { size: side as f32 * 0.38, weight: SEMI_BOLD, colour: look::NAME };
    if let Some(initials) = writer.line(&look::initials(name), letters, side) {
        let middle = |size: u32| (side as i32 - size as i32) / 2;
        put(&mut pixmap, &initials, middle(initials.width()), middle(initials.height()));
    }
    Some(sprite(&pixmap))
}

fn put(pixmap: &mut Pixmap, other: &Pixmap, left: i32, top: i32) {
    pixmap.draw_pixmap(left, top, other.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
}

fn draw_label(writer: &mut Writer, label: &Label) -> Option<Sprite> {
    let size = label.size as f32;
    let (padding, space) = (size * 0.6, size * 0.35);
    let marked = if label.mark.is_some() { size + space } else { 0.0 };
    let most = (label.most as f32 - 2.0 * padding - marked).max(0.0) as usize;
    let letters = Type { size, weight: MEDIUM, colour: look::NAME };
    let name = writer.line(&label.name, letters, most);
    if name.is_none() && label.mark.is_none() {
        return None;
    }
    let written = name.as_ref().map_or(0.0, |name| name.width() as f32);
    let height = (size * LINE).ceil() + 2.0 * (size * 0.22).round();
    let width = (2.0 * padding + marked + written).ceil().min(label.most as f32);
    let even = |number: f32| (number.max(2.0) as u32).next_multiple_of(2);
    let mut pixmap = Pixmap::new(even(width).min(label.most as u32), even(height))?;
    let plate = rounded(0.0, 0.0, pixmap.width() as f32, pixmap.height() as f32, size * 0.45)?;
    let (colour, alpha) = look::LABEL;
    pixmap.fill_path(&plate, &paint(colour, alpha), FillRule::Winding, Transform::identity(), None);
    if let Some(mark) = label.mark {
        draw_mark(&mut pixmap, mark, padding, (height - size) / 2.0, size);
    }
    if let Some(name) = name {
        let top = (pixmap.height() as i32 - name.height() as i32) / 2;
        put(&mut pixmap, &name, (padding + marked).round() as i32, top);
    }
    Some(sprite(&pixmap))
}

/// On a square of 24 by 24, as the pages' icons are drawn.
fn draw_mark(pixmap: &mut Pixmap, mark: Mark, left: f32, top: f32, size: f32) {
    let (colour, path) = match mark {
        Mark::Silent => (look::MUTED, microphone_off()),
        Mark::Screen => (look::NAME, screen()),
    };
    let Some(path) = path else { return };
    let stroke = Stroke { width: 2.0, line_cap: LineCap::Round, ..Stroke::default() };
    let transform = Transform::from_scale(size / 24.0, size / 24.0).post_translate(left, top);
    pixmap.stroke_path(&path, &paint(colour, 255), &stroke, transform, None);
}

fn microphone_off() -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_path(&rounded(9.0, 3.0, 6.0, 11.0, 3.0)?);
    path.move_to(5.0, 11.0);
    path.cubic_to(5.0, 20.3, 19.0, 20.3, 19.0, 11.0);
    path.move_to(12.0, 18.0);
    path.line_to(12.0, 21.0);
    path.move_to(3.0, 3.0);
    path.line_to(21.0, 21.0);
    path.finish()
}

fn screen() -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_path(&rounded(2.0, 4.0, 20.0, 13.0, 2.0)?);
    path.move_to(8.0, 21.0);
    path.line_to(16.0, 21.0);
    path.move_to(12.0, 17.0);
    path.line_to(12.0, 21.0);
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Arrangement;

    fn tile(name: &str, place: Rect) -> Tile {
        Tile { person: "a".into(), name: name.into(), seat: Seat::Person, place, has_picture: true, silent: true }
    }

    fn is_inside(laid: &Laid, place: Rect) -> bool {
        laid.left >= place.left
            && laid.top >= place.top
            && laid.left + laid.sprite.width <= place.left + place.width
            && laid.top + laid.sprite.height <= place.top + place.height
            && [laid.left, laid.top, laid.sprite.width, laid.sprite.height].iter().all(|number| number % 2 == 0)
    }

    #[test]
    fn k4_whatever_lies_on_a_tile_lies_in_it() {
        let mut wardrobe = Wardrobe::new();
        for (screens, people) in [(0, 1), (0, 2), (0, 9), (0, 50), (1, 4), (1, 50), (3, 20)] {
            let Arrangement { screens, people } = Arrangement::of(screens, people);
            for place in screens.into_iter().chain(people) {
                for name in ["A", "", &"Wolfeschlegelsteinhausenbergerdorff ".repeat(4)] {
                    let tile = tile(name, place);
                    let mut all = wardrobe.over(&tile, true);
                    all.extend(wardrobe.face(&tile));
                    assert!(all.len() >= 6, "four edges, a name and a face");
                    assert!(all.iter().all(|laid| is_inside(laid, place)), "{name} in {place:?}");
                }
            }
        }
    }

    #[test]
    fn k4_in_small_tiles_a_name_does_not_hide_a_face() {
        let mut wardrobe = Wardrobe::new();
        let tile = tile("Ada Lovelace", Arrangement::of(1, 50).people[0]);
        let face = wardrobe.face(&tile).unwrap();
        let name = wardrobe.label(&tile).unwrap();
        assert!(face.top + face.sprite.height <= name.top + 4, "{face:?}");
    }

    #[test]
    fn what_was_drawn_once_is_drawn_once() {
        let mut wardrobe = Wardrobe::new();
        let places = Arrangement::of(0, 4).people;
        let mut name = |place| wardrobe.label(&tile("Ada", place)).unwrap().sprite;
        assert!(Rc::ptr_eq(&name(places[0]), &name(places[1])));
    }
}
