//! Lists of what iterators give.

/// `collect::<Vec<_>>()` of which little is compiled.
///
/// Every build script that compiles content compiles this crate first, without optimisation, and what the standard library collects with
/// takes 250 to 700 lines of LLVM IR more for each of our 400 iterators: a size, a fold, and a loop for each sort of size.
/// A list that grows as it is filled costs next to nothing beside what fills it.
pub(crate) trait CollectVec: Iterator {
    /// All items, in their order.
    fn collect_vec(self) -> Vec<Self::Item>;

    /// `items.extend(self)`.
    fn push_to(self, items: &mut Vec<Self::Item>);
}

impl<I: Iterator> CollectVec for I {
    fn collect_vec(self) -> Vec<I::Item> {
        let mut items = Vec::new();
        for item in self {
            items.push(item);
        }
        items
    }

    fn push_to(self, items: &mut Vec<I::Item>) {
        for item in self {
            items.push(item);
        }
    }
}
