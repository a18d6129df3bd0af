"""Whether a shop takes for consent what is none: going on to other pages, or scrolling and clicking beside its request."""

from __future__ import annotations

from auditor.spiders.consent.driver import Choice
from auditor.spiders.consent.state import Change, Stored, change, verdict
from auditor.spiders.drafts import Draft, Snapshot

NOT_TAKEN = "it was not taken for consent: nothing that was stored came to say yes, and the request stayed"


def note_drift(drafts: list[Draft]) -> None:
    """Judge four visits of one profile: a page, another page, the first one scrolled, the other one again.

    Says something only where a request was on the screen, and where all that it takes was seen.
    """
    stay, other, scrolled, later = drafts
    if any(draft.failure or _unseen(draft) for draft in drafts):
        return
    if _asks(stay):
        gone = not _asks(other) and not _asks(scrolled)
        other.drift = _judged("browse", stay.snapshots[-1], scrolled.snapshots[0], gone, alone=False)
    if _asks(scrolled):
        # The other page asked before the scrolling: that it does no more is told apart from a page that never asks.
        gone = _asks(other) and not _asks(later) if _asks(other) else scrolled.request_left
        scrolled.drift = _judged("scroll", scrolled.snapshots[0], later.snapshots[-1], gone, alone=_asks(other))
        scrolled.drift.made = scrolled.clock.scrolled


def _unseen(draft: Draft) -> bool:
    return any(collector in ("consent", "cookies", "storage") for collector, _ in draft.lost)


def _asks(draft: Draft) -> bool:
    return draft.banner is not None and draft.banner.decides


def _judged(action: str, before: Snapshot, after: Snapshot, gone: bool, *, alone: bool) -> Choice:
    """What became of the stored state and of the request; ``alone``: that the request went says enough by itself."""
    earlier, now = _state(before), _state(after)
    state = change(earlier, now)
    yes = state.speaks_for("accept") and (gone or _turned(earlier, now, state))
    no = state.speaks_for("reject")
    choice = Choice(action=action, how="finder", state=state, confirmed=yes or (gone and alone and not no))
    told = [f"what is stored came to say yes ({', '.join(state.names)})"] if yes else []
    choice.effect = "; ".join([*told, *(["the request is gone and stays away"] if gone else [])])
    choice.reason = "" if choice.confirmed else NOT_TAKEN
    return choice


def _state(snapshot: Snapshot) -> Stored:
    """Everything that was stored, as the effect of a choice is judged by it."""
    found = {("cookie", cookie["domain"], cookie["name"]): cookie["value"] for cookie in snapshot.jar or ()}
    for (area, origin), items in (snapshot.storage or {}).items():
        found |= {(area, origin, key): value for key, value in items.items()}
    return found


def _turned(before: Stored, after: Stored, state: Change) -> bool:
    """Whether something that said no says yes now."""
    for key in before.keys() & after.keys():
        if key[2] in state.names and before[key] != after[key]:
            (was_yes, was_no), (is_yes, _) = verdict(key[2], before[key]), verdict(key[2], after[key])
            if was_no and is_yes > was_yes:
                return True
    return False
