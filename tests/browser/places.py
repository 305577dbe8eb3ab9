"""Every page there is, and the states a page can be in, each with the way to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.urls import get_resolver

from tests.browser.growth_places import an_experiment, experiment_result, no_day_for_it
from tests.browser.hands import CRITIC
from tests.browser.practice_places import (
    a_day,
    a_letter,
    a_pause,
    a_stranger,
    befriend_care,
    befriended,
    befriended_deleted,
    both_voices,
    day_part,
    in_a_week,
    letter_at,
    letter_deleted,
    letter_without_a_day,
    letters_deleted,
    minute_at,
    no_such_day,
    no_wish,
    not_today,
    own_wishes_chosen,
    played_without_scripts,
    playing,
    said_to_a_stranger,
    stopped,
    stranger_asked,
    the_course_begun,
    way_back,
    week_told,
    wishes_at,
)
from tests.browser.support_places import country_first, plan_let_go, planned, set_out
from tests.browser.taking_places import JOURNAL, brought_in, chosen, no_last_day, reported
from tests.browser.ways import (
    a_moment,
    a_question,
    a_reminder,
    a_result,
    a_why,
    all_questions,
    asked_once,
    at,
    before_the_score,
    charts_open,
    code_mistyped,
    deleted,
    details_open,
    easily_guessed,
    gesture_chosen,
    half_done,
    how_sure,
    just_deleted,
    landed,
    landed_without_scripts,
    moment_at,
    no_days,
    nothing_chosen,
    nothing_written,
    old_form,
    page_of,
    pocket_check_in,
    reminded,
    searched,
    settings_kept,
    some_left_open,
    something_to_make_right,
    the_poles,
    tried,
    with_marks,
    wrong_code,
    wrong_passphrase,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page


Who = Literal["made_up", "locked", "newcomer", "stranger", "unlocked"]

POST_ONLY = frozenset(
    {
        *(
            "language",
            "lock",
            "leave",
            "moment_not_it",
            "moment_parts",
            "moment_draft",
            "moment_when",
        ),
        *("moment_delete", "moment_restore", "moment_look_back"),
        *("taking_draft", "taking_delete", "taking_restore"),
        *("course_draft", "course_move", "course_told", "course_steady"),
        *("one_day_begin_pause", "one_day_done", "one_day_let_go", "one_day_bring_back"),
        *("one_day_pause_draft", "one_day_evening_draft"),
        *("pace", "practice_half", "written_delete"),
        *("waiting_write", "waiting_send"),
        *("letter_draft", "letter_landed", "letter_delete", "letter_restore"),
        *("phrases_draft", "phrases_landed", "phrases_delete", "phrases_restore"),
        *("befriend_meet", "befriend_draft", "befriend_parts", "befriend_leave_it"),
        *("befriend_landed", "befriend_delete", "befriend_restore"),
        *("reminder_pause", "reminder_remove", "reminders_calendar", "reminders_device"),
        *("reminders_device_gone", "reminders_email"),
        *("plan_draft", "plan_delete", "plan_restore", "plan_take_back", "support_country"),
        *("experiment_delete", "experiment_restore"),
        *("settings_device_lock", "settings_lock_everywhere", "passphrase_strength"),
        *("helps_refuse", "trial_day", "trial_stop", "trial_delete", "trial_restore"),
        *("import_bring", "import_let_go", "import_undo", "report_look", "report_pdf"),
    }
)
# Shown to whoever knows the secret in it, and a file then.
BY_SECRET = frozenset({"calendar_feed"})
FILES = {
    "practice_left": "application/json",
    "waiting_key": "application/json",
    "plan_mine": "application/json",
    "learn_pages": "application/json",
    "library_piece": "application/json",
    "service_worker": "text/javascript; charset=utf-8",
    "manifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Place:
    """A page as one person sees it.

    ``name`` is its name in the URLconf, empty for what has no address of its own; ``go`` brings a
    window there, given the window and the origin.
    """

    label: str
    name: str
    who: Who
    go: Callable[[Page, str], None]

    def __str__(self) -> str:
        return self.label


def names_and_routes() -> Iterator[tuple[str, str]]:
    """Every name in the URLconf, with a path that fits it."""
    made = "00000000-0000-7000-8000-000000000000"
    for name, ways in get_resolver().reverse_dict.lists():
        if isinstance(name, str):
            route = ways[0][0][0][0]
            step = "alone" if route.startswith("support/") else "notice"
            path = re.sub(r"%\((?:thing|one)\)s", made, route).replace("%(step)s", step)
            path = path.replace("%(what)s", "moment").replace("%(card)s", "myth-weak")
            which = "soles" if path.startswith("practices/") else "scs-sf"
            path = path.replace("%(name)s", which).replace("%(form)s", "short")
            path = path.replace("%(number)s", "1")
            yield name, "/" + path.replace("%(start)s", "to-me")


PLACES = (
    Place("today", "home", "made_up", at("/")),
    Place("today, first time", "home", "unlocked", at("/")),
    Place("new moment", "moment_new", "made_up", at("/moments/new/")),
    Place("new moment, nothing written", "moment_notice", "made_up", nothing_written),
    Place("notice", "moment_notice", "made_up", moment_at("notice")),
    Place("words", "moment_words", "made_up", with_marks),
    Place("words, a why", "moment_words", "made_up", a_why),
    Place("care", "moment_care", "made_up", moment_at("care")),
    Place("hear", "moment_hear", "made_up", moment_at("hear")),
    Place("answer", "moment_answer", "made_up", moment_at("answer")),
    Place("answer, a part missing", "moment_answer", "made_up", asked_once),
    Place("right", "moment_right", "made_up", moment_at("right")),
    Place("right, yes", "moment_right", "made_up", something_to_make_right),
    Place("see", "moment_see", "made_up", moment_at("see")),
    Place("moment", "moment", "made_up", a_moment),
    Place("moment, half done", "moment", "made_up", half_done),
    Place("moment, its details", "moment", "made_up", details_open),
    Place("moments", "moments", "made_up", at("/moments/")),
    Place("moments, found", "moments", "made_up", searched("the")),
    Place("moments, none found", "moments", "made_up", searched("xylophone")),
    Place("moments, one deleted", "moments", "made_up", just_deleted),
    Place("deleted", "moments_deleted", "made_up", deleted),
    Place("reader", "reader", "made_up", at("/reader/")),
    Place("reader, tried", "reader", "made_up", tried(f"We had soup.\n\n{CRITIC}")),
    Place("reader, nothing written", "reader", "made_up", tried(" ")),
    Place("reader, words of danger", "reader", "made_up", tried("I want to die")),
    Place("reader, locked", "reader", "locked", at("/reader/")),
    Place("measures", "measures", "made_up", at("/measures/")),
    Place("measures, first time", "measures", "unlocked", at("/measures/")),
    Place("check-in", "check_in", "made_up", at("/measures/check-in/")),
    Place("a measure", "measure", "made_up", at("/measures/about/scs-sf/")),
    Place("question", "question", "made_up", a_question),
    Place("all questions", "taking", "made_up", all_questions),
    Place("questions left open", "taking", "made_up", some_left_open),
    Place("result", "result", "made_up", a_result),
    Place("result, the poles", "result", "made_up", the_poles),
    Place("before the score", "taking_support", "made_up", before_the_score),
    Place("over time", "over_time", "made_up", at("/measures/over-time/")),
    Place("over time, tables", "over_time", "made_up", charts_open),
    Place("over time, nothing yet", "over_time", "unlocked", at("/measures/over-time/")),
    Place("beside", "beside", "made_up", at("/measures/beside/")),
    Place("beside, too early", "beside", "unlocked", at("/measures/beside/")),
    Place("measures, choices", "measure_choices", "made_up", at("/measures/choices/")),
    Place("measures, figures", "measure_figures", "made_up", at("/measures/choices/scs-sf/")),
    Place("elsewhere", "elsewhere", "made_up", at("/measures/elsewhere/")),
    Place("elsewhere, a score", "enter_score", "made_up", at("/measures/elsewhere/rses/")),
    Place("settings", "settings", "made_up", at("/settings/")),
    Place("settings, kept", "settings", "made_up", settings_kept),
    Place("settings, passphrase", "settings_passphrase", "unlocked", at("/settings/passphrase/")),
    Place("settings, code", "settings_code", "unlocked", at("/settings/recovery-code/")),
    Place("settings, code, tried", "settings_code_try", "unlocked", code_mistyped),
    Place("settings, the key", "settings_data_key", "unlocked", at("/settings/data-key/")),
    Place("settings, devices", "settings_devices", "made_up", at("/settings/devices/")),
    Place("without a network", "pocket", "made_up", at("/pocket/")),
    Place("without a network, a check-in", "pocket", "locked", pocket_check_in),
    Place("reminders, none", "reminders", "unlocked", at("/settings/reminders/")),
    Place("reminders", "reminders", "made_up", reminded),
    Place("a reminder", "reminder", "made_up", a_reminder),
    Place("a new reminder", "reminder_new", "unlocked", at("/settings/reminders/new/")),
    Place("a new reminder, no time", "reminder_new", "unlocked", no_days),
    Place("quiet hours", "reminder_hours", "made_up", at("/settings/reminders/hours/")),
    Place("minute", "minute", "made_up", minute_at(0)),
    Place("minute, second step", "minute", "made_up", minute_at(1)),
    Place("minute, a gesture", "minute", "made_up", gesture_chosen),
    Place("minute, how it landed", "minute", "made_up", minute_at(3)),
    Place("minute, lighter", "minute", "made_up", landed("lighter")),
    Place("minute, hard", "minute", "made_up", landed("hard")),
    Place("minute, hard, no scripts", "minute_landed", "made_up", landed_without_scripts),
    Place("minute, locked", "minute", "locked", minute_at(0)),
    Place("course", "course", "made_up", the_course_begun),
    Place("course, not begun", "course", "unlocked", at("/course/")),
    Place("a week, first time", "course_week", "unlocked", at("/course/1/")),
    Place("a week, where one is", "course_week", "made_up", in_a_week),
    Place("a week, a strong extra", "course_week", "made_up", week_told(6)),
    Place("before the third week", "course_week", "unlocked", at("/course/3/")),
    Place("course, care", "course_care", "made_up", at("/course/1/care/")),
    Place("one day, choosing", "one_day", "made_up", at("/one-day/?another")),
    Place("one day, a day that is none", "one_day", "made_up", no_such_day),
    Place("one day", "one_day", "made_up", a_day),
    Place("one day, morning", "one_day_morning", "made_up", day_part("morning")),
    Place("one day, moving it", "one_day_move", "made_up", day_part("move")),
    Place("one day, care", "one_day_care", "made_up", day_part("care")),
    Place("pause, the words", "one_day_pause", "made_up", a_pause(1)),
    Place("pause, the assumption", "one_day_pause", "made_up", a_pause(3)),
    Place("pause, to a friend", "one_day_pause", "made_up", a_pause(4)),
    Place("evening", "one_day_evening", "made_up", both_voices),
    Place("practice, the library", "practices", "made_up", at("/practices/")),
    Place("practice, the library, locked", "practices", "locked", at("/practices/")),
    Place("practice, one", "practice", "made_up", at("/practices/breath/")),
    Place("practice, a strong one", "practice", "made_up", at("/practices/critic/")),
    Place("player, told first", "play", "made_up", at("/practices/scan/short/")),
    Place("player, one question first", "play", "made_up", at("/practices/critic/short/")),
    Place("player, the beginning", "play", "made_up", at("/practices/soles/short/")),
    Place("player, a step", "play", "made_up", playing("soles", 0)),
    Place("player, with a breath guide", "play", "made_up", playing("breath", 2)),
    Place("player, a place to write", "play", "made_up", playing("friend", 2)),
    Place("player, how it landed", "play", "made_up", stopped),
    Place("player, something hard", "play", "made_up", way_back),
    Place("player, no scripts", "played", "made_up", played_without_scripts),
    Place("not today", "steady", "made_up", not_today),
    Place("what makes it hard", "kindness_hard", "made_up", at("/kindness/")),
    Place("a way back", "backdraft", "made_up", at("/backdraft/")),
    Place("working with somebody", "therapist", "made_up", at("/support/therapist/")),
    Place("written in practices", "practices_written", "made_up", at("/written/")),
    Place("letters, none yet", "letters", "unlocked", at("/letters/")),
    Place("letters, one deleted", "letters", "made_up", letter_deleted),
    Place("letters deleted", "letters_deleted", "made_up", letters_deleted),
    Place("letter, who writes", "letter_new", "made_up", at("/letters/new/")),
    Place("letter, empty sheet", "letter_begin", "made_up", at("/letters/new/kind-part/")),
    Place("letter, no day chosen", "letter_write", "made_up", letter_without_a_day),
    Place("letter, put away", "letter", "made_up", a_letter),
    Place("letter", "letter", "made_up", letter_at("")),
    Place("letter, changing it", "letter_write", "made_up", letter_at("write/")),
    Place("letter, care", "letter_care", "made_up", letter_at("care/")),
    Place("letters", "letters", "made_up", at("/letters/")),
    Place("wishes, none yet", "phrases", "unlocked", at("/phrases/")),
    Place("wishes, need", "phrases_step", "made_up", at("/phrases/need/")),
    Place("wishes, to hear", "phrases_step", "made_up", at("/phrases/hear/")),
    Place("wishes, no wish", "phrases_step", "made_up", no_wish),
    Place("wishes, how they sound", "phrases_step", "made_up", wishes_at("sound")),
    Place("wishes, kept", "phrases", "made_up", wishes_at("kept")),
    Place("wishes, care", "phrases_care", "made_up", at("/phrases/care/")),
    Place("wishes for a minute", "phrases_mine", "made_up", own_wishes_chosen),
    Place("be the friend", "befriend", "unlocked", at("/be-the-friend/")),
    Place("be the friend, a stranger", "befriend_answer", "made_up", a_stranger),
    Place("be the friend, asked", "befriend_answer", "made_up", stranger_asked),
    Place("be the friend, said", "befriend_said", "made_up", said_to_a_stranger),
    Place("be the friend, said so far", "befriend", "made_up", befriended),
    Place("be the friend, care", "befriend_care", "made_up", befriend_care),
    Place("be the friend, deleted", "befriended_deleted", "made_up", befriended_deleted),
    Place("support", "support", "made_up", at("/support/")),
    Place("support, a stranger", "support", "stranger", at("/support/")),
    Place("support, one country", "support", "made_up", at("/support/#in-GB")),
    Place("support, a country put first", "support", "made_up", country_first),
    Place("support, own plan", "support", "made_up", planned("/support/")),
    Place("plan, none yet", "plan", "unlocked", at("/support/plan/")),
    Place("plan, a step", "plan_step", "made_up", at("/support/plan/lines/")),
    Place("plan, care", "plan_care", "made_up", at("/support/plan/signs/care/")),
    Place("plan", "plan", "made_up", planned("/support/plan/")),
    Place("plan, what would lie open", "plan_open", "made_up", planned("/support/plan/open/")),
    Place("plan, let go", "plan", "made_up", plan_let_go),
    Place("grounding", "grounding", "made_up", at("/support/grounding/")),
    Place("learn", "learn", "made_up", at("/learn/")),
    Place("something to try", "experiment_new", "made_up", at("/experiments/new/myth-pity/")),
    Place("tried, none yet", "experiments", "unlocked", at("/experiments/")),
    Place("tried", "experiments", "made_up", set_out("/experiments/")),
    Place("what happened", "experiment", "made_up", set_out("")),
    Place("what happened, care", "experiment_care", "made_up", set_out("care/")),
    Place("a card", "learn_card", "made_up", at("/learn/myth-motivation/")),
    Place("a card, locked", "learn_card", "locked", at("/learn/backdraft/")),
    Place("a card, how sure", "learn_card", "made_up", how_sure),
    Place("the two voices", "growth", "made_up", at("/growth/")),
    Place("the two voices, first time", "growth", "unlocked", at("/growth/")),
    Place("what helps", "helps", "made_up", at("/growth/helps/")),
    Place("what helps, too early", "helps", "unlocked", at("/growth/helps/")),
    Place("my critic", "critic", "made_up", at("/growth/critic/")),
    Place("my critic, first time", "critic", "unlocked", at("/growth/critic/")),
    Place("experiments", "trials", "made_up", at("/growth/experiments/")),
    Place("experiments, wrong day", "trials", "unlocked", no_day_for_it),
    Place("experiment, planned", "trial", "unlocked", an_experiment),
    Place(
        "experiment, its result",
        "trial",
        "made_up",
        page_of("growth/experiment.html", **experiment_result()),
    ),
    Place("offline", "offline", "made_up", at("/offline/")),
    Place("blank", "blank", "made_up", at("/blank/")),
    Place("bring in", "import", "made_up", at("/settings/import/")),
    Place("bring in, no such file", "import", "made_up", chosen("a.txt", "A letter.")),
    Place("bring in, a look", "import_look", "made_up", chosen("j.txt", JOURNAL)),
    Place("bring in, a table", "import_look", "made_up", chosen("t.csv", "When,Text\n1,a\n")),
    Place("bring in, done", "import_bring", "made_up", brought_in),
    Place("report", "report", "made_up", at("/report/")),
    Place("report, no such day", "report_look", "made_up", no_last_day),
    Place("report, to be looked at", "report_look", "made_up", reported),
    Place("welcome", "welcome", "newcomer", at("/welcome/")),
    Place("welcome, key", "welcome_key", "newcomer", at("/welcome/key/")),
    Place("welcome, key, nothing chosen", "welcome_key", "newcomer", nothing_chosen),
    Place("welcome, key, easily guessed", "welcome_key", "newcomer", easily_guessed),
    Place("welcome, friend", "welcome_friend", "unlocked", at("/welcome/friend/")),
    Place("unlock", "unlock", "locked", at("/unlock/")),
    Place("unlock, wrong", "unlock", "locked", wrong_passphrase),
    Place("recover", "recover", "locked", at("/unlock/recovery/")),
    Place("recover, mistyped", "recover", "locked", wrong_code),
    Place("not for strangers", "home", "stranger", at("/")),
    Place("address used", "enter", "stranger", at("/enter/?key=used")),
    Place("nothing here", "", "made_up", at("/nothing/here/")),
    Place("old form", "", "made_up", old_form),
    Place("refused", "", "made_up", page_of("403.html")),
    Place("not understood", "", "made_up", page_of("400.html")),
    Place("a fault", "", "made_up", page_of("500.html")),
    Place(
        "could not be kept",
        "",
        "made_up",
        page_of(
            "people/cannot_keep.html",
            sentence="The disk is full, so this could not be kept.",
            words=[("voice", CRITIC)],
            hidden=[("before", "7")],
        ),
    ),
)
