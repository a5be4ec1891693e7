//! Lists of what iterators give.

/// `collect::<Vec<_>>()` of which little is compiled.
///
/// Every build script that compiles content compiles this crate first, without optimisation. What the standard library collects with is
/// a size, a fold and a loop for each sort of size, which is compiled for each of our 220 iterators: 44,000 lines of LLVM IR more than
/// this, of 847,000. That a list grows as it is filled costs little beside what fills it.
pub(crate) trait CollectVec: Iterator {
    /// All items, in their order.
    fn collect_vec(self) -> Vec<Self::Item>;

    /// `items.extend(self)`.
    fn push_to(self, items: &mut Vec<Self::Item>);
}

// With `for`, an `into_iter` that does nothing would be compiled for each iterator.
#[allow(clippy::while_let_on_iterator, reason = "said above")]
impl<I: Iterator> CollectVec for I {
    fn collect_vec(mut self) -> Vec<I::Item> {
        let mut items = Vec::new();
        while let Some(item) = self.next() {
            items.push(item);
        }
        items
    }

    fn push_to(mut self, items: &mut Vec<I::Item>) {
        while let Some(item) = self.next() {
            items.push(item);
        }
    }
}
