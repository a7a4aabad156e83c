//! What else lies about in such a folder.

type Make = fn() -> Vec<u8>;

/// By their names in returns/.
pub(crate) const FILES: &[(&str, Make)] = &[
    ("Canterbury/~$A Waste collection v2 corrected.xlsx", lock_file),
    ("Dover/Thumbs.db", compound_file),
    ("Shepway/FW Call centre return - to follow.msg", compound_file),
    ("Thanet/THA call centre from the portal.xlsx", web_page),
];

/// What Excel leaves beside a workbook while it is open: the name of the user, twice.
fn lock_file() -> Vec<u8> {
    const USER: &str = "A. Officer";
    let mut bytes = vec![USER.len() as u8];
    bytes.extend(format!("{USER:<54}").bytes());
    bytes.extend([USER.len() as u8, 0]);
    bytes.extend(format!("{USER:<54}").encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

/// The head of an OLE compound file, which thumbnails and Outlook messages are, with nothing in it.
fn compound_file() -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(512, 0);
    bytes
}

/// Saved in place of a workbook when the log-in had run out.
fn web_page() -> Vec<u8> {
    let page = "<html><head><title>Your session has ended</title></head>\
        <body><p>Please log in again to download this document.</p></body></html>\r\n";
    page.into()
}
