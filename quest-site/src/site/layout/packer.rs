//! Boxes in rows, as words in lines.

use super::geometry::Point;

/// Between two boxes.
const GAP: f64 = 32.0;
/// Least width of a picture.
const MIN_WIDTH: f64 = 600.0;
/// Width of a picture in relation to the side of a square of its area: screens are wider than high.
const ASPECT: f64 = 1.3;

/// Puts boxes next to each other until a row is full.
pub(crate) struct Packer {
    /// Where a row ends.
    limit: f64,
    x: f64,
    y: f64,
    row_height: f64,
    width: f64,
}

impl Packer {
    /// A packer for boxes of about these widths and heights.
    pub(crate) fn new(sizes: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut area, mut widest) = (0.0, 0.0_f64);
        for (width, height) in sizes {
            area += (width + GAP) * (height + GAP);
            widest = widest.max(width);
        }
        let limit = (area.sqrt() * ASPECT).max(widest + GAP).max(MIN_WIDTH);
        Self { limit, x: GAP / 2.0, y: GAP / 2.0, row_height: 0.0, width: 0.0 }
    }

    /// Places the next box. Returns its top left corner.
    pub(crate) fn place(&mut self, width: f64, height: f64) -> Point {
        if self.x > GAP && self.x + width + GAP / 2.0 > self.limit {
            self.end_row();
        }
        let corner = (self.x, self.y);
        self.x += width + GAP;
        self.row_height = self.row_height.max(height);
        self.width = self.width.max(self.x);
        corner
    }

    /// Lets the next box begin a row.
    pub(crate) fn end_row(&mut self) {
        if self.row_height > 0.0 {
            self.y += self.row_height + GAP;
        }
        self.x = GAP / 2.0;
        self.row_height = 0.0;
    }

    /// The width of all rows.
    pub(crate) fn width(&self) -> f64 {
        self.width
    }

    /// The height of all rows.
    pub(crate) fn height(&self) -> f64 {
        self.y + self.row_height + GAP / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_row_ends() {
        let mut packer = Packer::new([(400.0, 50.0); 2].into_iter());
        assert_eq!(packer.place(400.0, 50.0), (16.0, 16.0));
        assert_eq!(packer.place(400.0, 50.0), (16.0, 98.0));
        assert_eq!((packer.width(), packer.height()), (448.0, 164.0));
    }
}
