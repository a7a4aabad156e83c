//! Who reports to whom (question 12), where the structure is asked.

use std::sync::Arc;

use super::Set;
use crate::{
    answer::ReturnKind,
    fact::structure::{Post, posts},
    form::{
        Group,
        council_return::staffing::{FTE_ESTABLISHED, JOB_TITLE, LEVEL, POSTS, SHEET, TABLE},
    },
    picture::StructurePost,
    programme::Code,
};

/// The posts that may be used, council by council, each under its manager.
pub(super) fn register(set: &Set<'_>) -> Vec<StructurePost> {
    let of = |post: Post<'_>, council: &Code| StructurePost {
        council: Arc::clone(council),
        reference: post.row.key().to_owned(),
        title: post.row.used_text(&JOB_TITLE),
        depth: post.depth,
        level: post.row.get(&LEVEL).number(),
        manager: post.manager,
        posts: post.row.get(&POSTS).number(),
        fte_established: post.row.get(&FTE_ESTABLISHED).number(),
        place: post.row.spot.place(),
    };
    let mut structure = vec![];
    for (council, ret) in set.usable() {
        let asked = set.project_of(ret).asks(Group::Structure);
        if asked && ret.kind != ReturnKind::Nil && ret.refused_sheet(&SHEET).is_none() {
            structure.extend(posts(ret.rows(&TABLE)).into_iter().map(|post| of(post, council)));
        }
    }
    structure
}
