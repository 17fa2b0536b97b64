//! Words as pixels: in the font that the product ships, or one of the machine for scripts that it lacks.

use crate::colour::Colour;
use cosmic_text::{
    Align, Attrs, Buffer, Color, Ellipsize, EllipsizeHeightLimit, Family, FontSystem, Metrics, Shaping, SwashCache,
    Weight, Wrap, fontdb,
};
use tiny_skia::{Pixmap, PremultipliedColorU8};

const FAMILY: &str = "Roundtable Inter";
const FACES: [&[u8]; 2] =
    [include_bytes!("../assets/Inter-Medium.ttf"), include_bytes!("../assets/Inter-SemiBold.ttf")];

/// Height of a line of a font of size 1.
pub const LINE: f32 = 1.25;

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Pixels.
    pub size: f32,
    pub weight: u16,
    pub colour: Colour,
}

pub const MEDIUM: u16 = 500;
pub const SEMI_BOLD: u16 = 600;

pub struct Writer {
    fonts: FontSystem,
    glyphs: SwashCache,
}

impl Writer {
    pub fn new() -> Self {
        let mut fonts = shipped();
        fonts.load_system_fonts();
        Self { fonts: FontSystem::new_with_locale_and_db("en".into(), fonts), glyphs: SwashCache::new() }
    }

    /// One line, as wide as it is, cut off with an ellipsis where it would be wider than `most`. None where there is nothing to see.
    pub fn line(&mut self, text: &str, letters: Type, most: usize) -> Option<Pixmap> {
        let height = (letters.size * LINE).ceil();
        let mut buffer = Buffer::new(&mut self.fonts, Metrics::new(letters.size, height));
        buffer.set_wrap(Wrap::None);
        buffer.set_ellipsize(Ellipsize::End(EllipsizeHeightLimit::Lines(1)));
        buffer.set_size(Some(most as f32), None);
        let attributes = Attrs::new().family(Family::Name(FAMILY)).weight(Weight(letters.weight));
        buffer.set_text(text, &attributes, Shaping::Advanced, Some(Align::Left));
        buffer.shape_until_scroll(&mut self.fonts, false);
        let width = buffer.layout_runs().map(|run| run.line_w).fold(0.0, f32::max).ceil().min(most as f32);
        let mut pixmap = Pixmap::new(width as u32, height as u32)?;
        let Colour { red, green, blue } = letters.colour;
        // Each pixel of a glyph comes by itself.
        buffer.draw(&mut self.fonts, &mut self.glyphs, Color::rgb(red, green, blue), |x, y, _, _, colour| {
            lay(&mut pixmap, x, y, colour);
        });
        Some(pixmap)
    }
}

fn shipped() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    for face in FACES {
        fonts.load_font_data(face.to_vec());
    }
    fonts.set_sans_serif_family(FAMILY);
    fonts
}

/// Lays a pixel over one that may be there from the glyph before.
fn lay(pixmap: &mut Pixmap, x: i32, y: i32, colour: Color) {
    let (width, height) = (pixmap.width() as i32, pixmap.height() as i32);
    if !(0..width).contains(&x) || !(0..height).contains(&y) {
        return;
    }
    let alpha = colour.a();
    let below = &mut pixmap.pixels_mut()[(y * width + x) as usize];
    let part = |new: u8, old: u8| {
        ((u16::from(new) * u16::from(alpha) + u16::from(old) * u16::from(255 - alpha) + 127) / 255) as u8
    };
    let all = part(255, below.alpha());
    let parts = [(colour.r(), below.red()), (colour.g(), below.green()), (colour.b(), below.blue())]
        .map(|(new, old)| part(new, old).min(all));
    *below = PremultipliedColorU8::from_rgba(parts[0], parts[1], parts[2], all).unwrap_or(*below);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::colour;

    const TYPE: Type = Type { size: 20.0, weight: MEDIUM, colour: colour(0xffffff) };

    fn inked(pixmap: &Pixmap) -> usize {
        pixmap.pixels().iter().filter(|pixel| pixel.alpha() > 100).count()
    }

    #[test]
    fn k4_names_have_letters_in_every_alphabet_that_is_shipped() {
        let mut writer = Writer::new();
        for name in ["Ada Lovelace", "Ğüneş Çalışkan", "Nguyễn Văn Đức", "Ελένη", "Юлія"] {
            let line = writer.line(name, TYPE, 400).unwrap();
            assert!(inked(&line) > 100, "{name}");
        }
    }

    #[test]
    fn k4_the_font_that_is_shipped_has_the_letters_of_those_alphabets() {
        let mut fonts = FontSystem::new_with_locale_and_db("en".into(), shipped());
        let names = "Ada Ğüneş Çalışkan Nguyễn Đức Łódź Ελένη Юлія Ґалина Ñandú Þór Ærø Œuvre – ’ … €";
        let mut buffer = Buffer::new(&mut fonts, Metrics::new(20.0, 25.0));
        for weight in [MEDIUM, SEMI_BOLD] {
            let attributes = Attrs::new().family(Family::Name(FAMILY)).weight(Weight(weight));
            buffer.set_text(names, &attributes, Shaping::Advanced, None);
            buffer.shape_until_scroll(&mut fonts, false);
            let missing = buffer.layout_runs().flat_map(|run| run.glyphs).filter(|glyph| glyph.glyph_id == 0).count();
            assert_eq!(missing, 0, "weight {weight}");
        }
    }

    #[test]
    fn k4_names_of_other_scripts_and_with_signs_do_not_fail() {
        let mut writer = Writer::new();
        for name in
            ["عائشة القرطبية", "李雷", "אדה", "🎉👩🏽‍💻", "a\u{301}\u{301}\u{301}\u{301}", "\u{10ffff}", "ﷺ", "👨‍👩‍👧‍👦🇩🇪 Ada"]
        {
            let line = writer.line(name, TYPE, 400);
            assert!(line.is_some_and(|line| line.width() <= 400), "{name}");
        }
    }

    #[test]
    fn k4_a_long_name_is_cut_off_with_an_ellipsis() {
        let mut writer = Writer::new();
        let long = "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff the Third of his Name";
        let cut = writer.line(long, TYPE, 150).unwrap();
        assert!(cut.width() <= 150 && cut.width() > 110, "{}", cut.width());
        let arabic = writer.line(&"عائشة القرطبية ".repeat(10), TYPE, 150).unwrap();
        assert!(arabic.width() <= 150);
        assert_eq!(writer.line("Ada", TYPE, 150), writer.line("Ada", TYPE, 300), "a short one is left alone");
    }

    #[test]
    fn nothing_to_write_is_nothing() {
        let mut writer = Writer::new();
        assert!(writer.line("", TYPE, 100).is_none());
        assert!(writer.line("Ada", TYPE, 0).is_none());
    }

    #[test]
    fn heavier_letters_have_more_ink() {
        let mut writer = Writer::new();
        let mut ink = |weight| inked(&writer.line("Roundtable", Type { weight, ..TYPE }, 400).unwrap());
        assert!(ink(SEMI_BOLD) > ink(MEDIUM));
    }
}
