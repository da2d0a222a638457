"""Composition: catalog, theme and files become the scene, the targets and their frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wenzhai.addresses import asset_address
from wenzhai.cards import make_cards, make_neighbours
from wenzhai.catalog import Catalog
from wenzhai.config import Config
from wenzhai.feed_views import feed_groups, feed_targets, feeds_by_address
from wenzhai.file_views import copy_targets, file_targets, twin_targets
from wenzhai.issues import make_issues
from wenzhai.lazy import Breath, breathing, no_breath
from wenzhai.links import Resolved
from wenzhai.model import Address, Digest, OutPath, RelPath, Url
from wenzhai.pages import page_targets, shared_parts, subscribe_target
from wenzhai.scene import HOME, Scene, page_settings
from wenzhai.steps import Frame, make_frame
from wenzhai.targets import Target
from wenzhai.theme import Theme, closure, needs, static_names, static_path
from wenzhai.views import CopyView, Site

STATIC = "static/"
"""The folder whose files are published at the root, names unchanged."""
NOTHING: Mapping[OutPath, Target] = {}
Files = Mapping[RelPath, Digest]
"""The digests of all sources by path."""


def make_scene(
    catalog: Catalog,
    config: Config,
    resolved: Mapping[RelPath, Resolved],
    related: tuple[tuple[int, ...], ...],
    last: Scene | None = None,
    breathe: Breath = no_breath,
) -> Scene:
    """Set the scene: everything the views are cut from.

    Cards and neighbours of an earlier scene that come from the very same things are taken over.
    """
    issues, issue_rows = make_issues(catalog, config)
    feeds = feeds_by_address(catalog, config)
    return Scene(
        config=config,
        settings=page_settings(config, feeds.get(HOME, ())),
        catalog=catalog,
        cards=make_cards(catalog, resolved, last, breathe),
        neighbours=make_neighbours(catalog, last),
        related=related,
        resolved=resolved,
        feeds=feeds,
        issues=issues,
        issue_rows=issue_rows,
    )


def make_targets(
    scene: Scene,
    theme: Theme,
    files: Files,
    last: Mapping[OutPath, Target] = NOTHING,
    breathe: Breath = no_breath,
) -> list[Target]:
    """List all outputs of the site; those of an earlier plan are taken over where they serve."""
    groups = feed_groups(scene.catalog, scene.config)
    pages = [*breathing(page_targets(scene, last), breathe), subscribe_target(scene, groups)]
    assets = [asset for one in scene.resolved.values() for asset in one.assets]
    assets += [RelPath(static_path(theme, name, files)) for name in static_names(theme, files)]
    return [
        *pages,
        *breathing(feed_targets(scene), breathe),
        *file_targets(scene, groups, pages),
        *twin_targets(scene, files),
        *copy_targets(assets, files),
        *_static_targets(files),
    ]


def make_site(config: Config, theme: Theme, files: Files) -> Site:
    """Pick the settings that every template may see, with the addresses of the theme's files."""

    def asset(name: str) -> Address:
        path = RelPath(static_path(theme, name, files))
        return asset_address(path, files[path]) if path else Address("")

    return Site(
        title=config.title,
        description=config.description,
        language=config.language,
        url=Url(config.base_url),
        author=config.author,
        rights=config.rights,
        icp=config.icp,
        gongan=config.gongan,
        stylesheets=tuple(map(asset, theme.stylesheets)),
        scripts=tuple(map(asset, theme.scripts)),
        icon=asset(theme.icon) if theme.icon else Address(""),
    )


def make_frames(
    theme: Theme, targets: Iterable[Target], site: Site, scene: Scene
) -> dict[str, Frame]:
    """Make the frame of every template that a target asks for and the theme has."""
    parts = shared_parts(scene)
    known = {file.name for file in theme.templates}
    names = sorted({target.template for target in targets} & known)
    return {
        name: make_frame(
            closure(theme, name), site, tuple((part, parts[part]) for part in needs(theme, name))
        )
        for name in names
    }


def _static_targets(files: Files) -> list[Target]:
    """Publish the files of the site's ``static`` folder at the root, names unchanged."""
    return [
        Target(OutPath(path.removeprefix(STATIC)), "copy", "", CopyView(content), path)
        for path, content in files.items()
        if path.startswith(STATIC)
    ]
