//! Tables in Markdown.

/// Prints a heading and a table. The first row is the head.
pub(crate) fn print(title: &str, rows: &[Vec<String>]) {
    println!("\n## {title}\n");
    for (at, row) in rows.iter().enumerate() {
        println!("| {} |", row.join(" | "));
        if at == 0 {
            println!("|{}", "---|".repeat(row.len()));
        }
    }
}

/// A row of a table.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(String::from($cell)),*] };
}
pub(crate) use row;

/// Two digits that matter, or all in front of the point.
pub(crate) fn round(number: f64) -> String {
    match number {
        number if number.abs() >= 100.0 => crate::project::number(number.round() as u64),
        number if number.abs() >= 10.0 => format!("{number:.0}"),
        number if number.abs() >= 1.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}
