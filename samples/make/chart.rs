//! Structure charts: a page with a box for each post, as PDF.

use lathe::issue::{Answers, Issue};

const PAGE: (usize, usize) = (842, 595); // A4 on its side, in points

/// The chart that a return says is sent with it, by its name in returns/.
pub(crate) fn of(issue: &Issue<'_>, answers: &Answers) -> Option<(String, Vec<u8>)> {
    let (council, project) = (issue.council?, issue.project?);
    let file = answers.get("STF_chart_file", None)?;
    let posts: Vec<(&str, &str)> = (1..)
        .map_while(|row| {
            let title = answers.get("STF_job_title", Some(row))?;
            Some((title, answers.get("STF_fte_established", Some(row))?))
        })
        .collect();
    let title = format!("{}: {}", council.full_name, project.service);
    Some((format!("{}/{file}", council.name), pdf(&page(&title, &posts))))
}

/// The marks on the page: the first post above, the others in a row below it.
fn page(title: &str, posts: &[(&str, &str)]) -> String {
    let (width, height) = PAGE;
    let mut marks = text(40, height - 50, 16, title);
    let Some(((head, fte), others)) = posts.split_first() else { return marks };
    let (top, bar, row) = (height - 160, height - 220, height - 310);
    marks += &labelled(width / 2 - 60, top, head, fte);
    marks += &format!("{} {top} m {} {bar} l S\n", width / 2, width / 2);
    let step = (width - 60) / others.len().max(1);
    for (index, (post, fte)) in others.iter().enumerate() {
        let middle = 30 + index * step + step / 2;
        marks += &labelled(middle - 50, row, post, fte);
        marks += &format!("{middle} {bar} m {middle} {} l S\n", row + 60);
        marks += &format!("{middle} {bar} m {} {bar} l S\n", width / 2);
    }
    marks
}

fn labelled(left: usize, bottom: usize, post: &str, fte: &str) -> String {
    let mut marks = format!("{left} {bottom} 100 60 re S\n");
    let mut line = String::new();
    let mut down = 14;
    for word in post.split(' ').chain([""]) {
        if word.is_empty() || line.len() + word.len() > 18 {
            marks += &text(left + 6, bottom + 60 - down, 9, &line);
            line.clear();
            down += 11;
        }
        line = format!("{line} {word}").trim().to_owned();
    }
    marks + &text(left + 6, bottom + 6, 9, &format!("{fte} FTE"))
}

fn text(left: usize, bottom: usize, size: usize, words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /F1 {size} Tf {left} {bottom} Td ({words}) Tj ET\n")
}

/// A document of one page.
fn pdf(marks: &str) -> Vec<u8> {
    let (width, height) = PAGE;
    let objects = [
        String::from("<< /Type /Catalog /Pages 2 0 R >>"),
        String::from("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] \
             /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>"
        ),
        String::from("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"),
        format!("<< /Length {} >>\nstream\n{marks}endstream", marks.len()),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!(
        "xref\n0 {size}\n{places}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}
