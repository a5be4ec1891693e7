//! Sorting, compiled once.
//!
//! What sorts in the standard library is compiled for each type and each order: 2,000 lines of LLVM IR each time, and every build script
//! that compiles content compiles this crate first. Here positions are sorted, which is compiled once. It costs an index for each item.

use crate::collect::CollectVec;
use std::cmp::Ordering;

/// `list.sort()`.
pub(crate) fn sort<T: Ord>(list: &mut [T]) {
    sort_by(list, &T::cmp);
}

/// `list.sort_by_key(key)`.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: &dyn Fn(&T) -> K) {
    sort_by(list, &|one, other| key(one).cmp(&key(other)));
}

/// `list.sort_by(order)`: what is equal stays in its order.
pub(crate) fn sort_by<T>(list: &mut [T], order: &dyn Fn(&T, &T) -> Ordering) {
    for (one, other) in swaps(list.len(), &|one, other| order(&list[one], &list[other])) {
        list.swap(one, other);
    }
}

/// The positions to swap, one pair after the other, so that a list of this length is in order.
fn swaps(length: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<(usize, usize)> {
    let mut sorted: Vec<usize> = (0..length).collect_vec();
    sorted.sort_by(|one, other| order(*one, *other));
    // Of each item, where it belongs.
    let mut place = vec![0; length];
    for (to, from) in sorted.into_iter().enumerate() {
        place[from] = to;
    }
    let mut swaps = Vec::new();
    for at in 0..length {
        while place[at] != at {
            let to = place[at];
            swaps.push((at, to));
            place.swap(at, to);
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_standard_library_sorts(mut list: Vec<(u8, u8)>) {
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut list, &|(key, _)| *key);
            prop_assert_eq!(&list, &expected);
            expected.sort();
            sort(&mut list);
            prop_assert_eq!(&list, &expected);
        }
    }
}
