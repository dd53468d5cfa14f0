"""Deadlines by arts. 87-88 of the Code of Administrative Procedure, as cases and as properties."""

from datetime import date, datetime, timedelta

import pytest
from holidays.countries.portugal import Portugal
from hypothesis import given, settings
from hypothesis import strategies as st

from portaria.core.calendars.municipal import easter_sunday, source_of
from portaria.core.deadline import (
    NATIONAL,
    AfterEaster,
    EveryYear,
    MunicipalReading,
    OnDates,
    Residence,
    ServiceCalendar,
    SkippedDay,
    SkipReason,
    Unit,
    add_days,
    add_months,
    days_of_hours,
    extra_days_for,
    is_open,
    is_working_day,
    known_municipalities,
    latest_before,
    months_before,
    municipal_holiday,
    national_holidays,
    working_days_between,
)
from portaria.core.errors import UsageError

DAY = timedelta(days=1)
CARNIVAL_2018 = ServiceCalendar(closures=frozenset({date(2018, 2, 13)}))
CASTELO_BRANCO = ServiceCalendar(municipal=(municipal_holiday("Castelo Branco"),))

# Written down by hand, not computed: the reference does not share the algorithm under test.
EASTER = {
    2008: (3, 23), 2009: (4, 12), 2010: (4, 4), 2011: (4, 24), 2012: (4, 8),
    2013: (3, 31), 2014: (4, 20), 2015: (4, 5), 2016: (3, 27), 2017: (4, 16),
    2018: (4, 1), 2019: (4, 21), 2020: (4, 12), 2021: (4, 4), 2022: (4, 17),
    2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28),
}  # fmt: skip


def reference_holidays(year):
    """The national holidays of a year, from the law: four did not exist from 2013 to 2015."""
    fixed = [(1, 1), (4, 25), (5, 1), (6, 10), (8, 15), (12, 8), (12, 25)]
    easter = date(year, *EASTER[year])
    moveable = [easter - 2 * DAY, easter]
    if not 2013 <= year <= 2015:
        fixed += [(10, 5), (11, 1), (12, 1)]
        moveable += [easter + 60 * DAY]
    return {date(year, month, day) for month, day in fixed} | set(moveable)


def reference_last_day(start, days, local=(), closures=()):
    """Day by day: count the days that are neither weekend nor holiday, then pass closed ones."""

    def stops(day):
        return day.weekday() > 4 or day in reference_holidays(day.year) or day in local

    day = start
    while days:
        day += DAY
        days -= not stops(day)
    while stops(day) or day in closures:
        day += DAY
    return day


class TestNationalHolidays:
    @pytest.mark.parametrize("year", sorted(EASTER))
    def test_each_known_year_is_the_one_of_the_law(self, year):
        assert set(national_holidays(year)) == reference_holidays(year)

    @pytest.mark.parametrize("year", sorted(EASTER))
    def test_easter(self, year):
        assert easter_sunday(year) == date(year, *EASTER[year])

    def test_easter_of_two_centuries(self):
        found = Portugal(years=range(1900, 2100), language="pt_PT")
        assert [day for day, name in sorted(found.items()) if "Páscoa" in name] == [
            easter_sunday(year) for year in range(1900, 2100)
        ]

    def test_names_are_portuguese(self):
        assert national_holidays(2018)[date(2018, 5, 31)] == "Corpo de Deus"

    @pytest.mark.parametrize(
        ("day", "working", "why"),
        [
            (date(2014, 6, 19), True, "Corpus Christi was no holiday from 2013 to 2015"),
            (date(2016, 5, 26), False, "Corpus Christi again"),
            (date(2012, 10, 5), False, "5 October, the last before the gap"),
            (date(2015, 10, 5), True, "5 October in the gap"),
            (date(2015, 12, 1), True, "1 December in the gap"),
            (date(2013, 11, 1), True, "1 November in the gap"),
            (date(2016, 11, 1), False, "1 November again"),
            (date(2018, 2, 13), True, "Carnival is no holiday"),
            (date(2018, 12, 24), True, "nor is 24 December"),
            (date(2018, 6, 13), True, "Santo António is Lisbon's only"),
            (date(2026, 4, 21), True, "Nossa Senhora de Mércoles is Castelo Branco's only"),
            (date(2024, 8, 15), False, "15 August"),
            (date(2024, 8, 17), False, "a Saturday"),
        ],
    )
    def test_working_days(self, day, working, why):
        assert is_working_day(day) is working, why

    @pytest.mark.parametrize("year", [2007, 2028, 1974])
    def test_other_years_are_refused(self, year):
        with pytest.raises(UsageError, match=f"from 2008 to 2027.*{year}"):
            national_holidays(year)


@pytest.mark.parametrize(
    ("situation", "start", "days", "calendar", "expected"),
    [
        ("Carnival, a closure, counts", (2018, 2, 9), 10, CARNIVAL_2018, (2018, 2, 23)),
        ("day ten is Carnival", (2018, 1, 30), 10, CARNIVAL_2018, (2018, 2, 14)),
        ("national holidays only", (2026, 4, 17), 10, NATIONAL, (2026, 5, 4)),
        ("with Castelo Branco's own", (2026, 4, 17), 10, CASTELO_BRANCO, (2026, 5, 5)),
        ("15 days from the start of the year", (2017, 9, 18), 15, NATIONAL, (2017, 10, 10)),
        ("2 days to forward", (2017, 10, 10), 2, NATIONAL, (2017, 10, 12)),
        ("15 days for certified training", (2017, 10, 12), 15, NATIONAL, (2017, 11, 3)),
        ("40 days for experience", (2017, 10, 12), 40, NATIONAL, (2017, 12, 12)),
        ("minutes, 2 days over Carnival", (2024, 2, 9), 2,
         ServiceCalendar(closures=frozenset({date(2024, 2, 13)})), (2024, 2, 14)),
        ("second meeting, 48 hours", (2024, 2, 15), days_of_hours(48), NATIONAL, (2024, 2, 19)),
        ("inform of the absences", (2024, 4, 19), 5, NATIONAL, (2024, 4, 29)),
        ("define the recovery", (2024, 4, 29), 5, NATIONAL, (2024, 5, 7)),
        ("return a test", (2025, 11, 24), 15, NATIONAL, (2025, 12, 17)),
        ("justify an absence", (2025, 8, 14), 2, NATIONAL, (2025, 8, 19)),
        ("appeal from the final assessment", (2025, 7, 25), 2, NATIONAL, (2025, 7, 29)),
        ("hearing of a recruitment", (2017, 8, 16), 3, NATIONAL, (2017, 8, 21)),
        ("the general ten days", (2017, 8, 16), 10, NATIONAL, (2017, 8, 30)),
        ("application to a post", (2017, 7, 17), 10, NATIONAL, (2017, 7, 31)),
        ("an event on a Sunday", (2024, 8, 18), 1, NATIONAL, (2024, 8, 19)),
    ],
)  # fmt: skip
def test_working_days(situation, start, days, calendar, expected):
    assert add_days(date(*start), days, calendar).last_day == date(*expected), situation


class TestWhatIsSkipped:
    def test_every_day_that_was_not_counted(self):
        deadline = add_days(date(2026, 4, 17), 10, CASTELO_BRANCO)
        assert deadline.skipped == (
            SkippedDay(date(2026, 4, 18), SkipReason.SATURDAY),
            SkippedDay(date(2026, 4, 19), SkipReason.SUNDAY),
            SkippedDay(
                date(2026, 4, 21), SkipReason.MUNICIPAL_HOLIDAY, "Nossa Senhora de Mércoles"
            ),
            SkippedDay(date(2026, 4, 25), SkipReason.SATURDAY, "Dia da Liberdade"),
            SkippedDay(date(2026, 4, 26), SkipReason.SUNDAY),
            SkippedDay(date(2026, 5, 1), SkipReason.NATIONAL_HOLIDAY, "Dia do Trabalhador"),
            SkippedDay(date(2026, 5, 2), SkipReason.SATURDAY),
            SkippedDay(date(2026, 5, 3), SkipReason.SUNDAY),
        )

    def test_a_weekend_names_the_holiday_that_falls_on_it(self):
        faro = ServiceCalendar(municipal=(municipal_holiday("Faro"),))
        assert add_days(date(2024, 9, 6), 1, faro).skipped == (
            SkippedDay(date(2024, 9, 7), SkipReason.SATURDAY, "Dia do Município de Faro"),
            SkippedDay(date(2024, 9, 8), SkipReason.SUNDAY),
        )

    def test_a_closure_within_the_count_is_not_skipped(self):
        deadline = add_days(date(2018, 2, 9), 10, CARNIVAL_2018)
        assert date(2018, 2, 13) not in [skipped.date for skipped in deadline.skipped]
        assert deadline.moved_from is None

    def test_a_closure_at_the_end_is_skipped_and_named(self):
        deadline = add_days(date(2018, 1, 30), 10, CARNIVAL_2018)
        assert deadline.skipped[-1] == SkippedDay(date(2018, 2, 13), SkipReason.CLOSURE)
        assert deadline.moved_from == date(2018, 2, 13)

    def test_a_move_passes_the_weekend_and_further_closures(self):
        closures = frozenset({date(2024, 8, 16), date(2024, 8, 19)})
        deadline = add_days(date(2024, 8, 14), 1, ServiceCalendar(closures=closures))
        assert deadline.last_day == date(2024, 8, 20)
        assert deadline.moved_from == date(2024, 8, 16)
        assert [(s.date.day, s.reason) for s in deadline.skipped] == [
            (15, SkipReason.NATIONAL_HOLIDAY),
            (16, SkipReason.CLOSURE),
            (17, SkipReason.SATURDAY),
            (18, SkipReason.SUNDAY),
            (19, SkipReason.CLOSURE),
        ]


class TestMunicipalHoliday:
    def test_both_readings_are_shown(self):
        deadline = add_days(date(2026, 4, 17), 10, CASTELO_BRANCO)
        assert deadline.municipal_reading is MunicipalReading.STOPS_COUNT
        assert deadline.alternative_last_day == date(2026, 5, 4)

    def test_the_other_reading_shows_the_first(self):
        calendar = ServiceCalendar(
            CASTELO_BRANCO.municipal, municipal_reading=MunicipalReading.CLOSES_ONLY
        )
        deadline = add_days(date(2026, 4, 17), 10, calendar)
        assert deadline.last_day == date(2026, 5, 4)
        assert deadline.alternative_last_day == date(2026, 5, 5)

    def test_no_alternative_when_both_readings_agree(self):
        assert add_days(date(2026, 4, 21), 10, CASTELO_BRANCO).alternative_last_day is None
        assert add_days(date(2026, 4, 17), 10).alternative_last_day is None

    def test_day_one_on_it_ends_on_the_next_day_under_both(self):
        for reading in MunicipalReading:
            calendar = ServiceCalendar(CASTELO_BRANCO.municipal, municipal_reading=reading)
            deadline = add_days(date(2026, 4, 20), 1, calendar)
            assert deadline.last_day == date(2026, 4, 22)
            assert deadline.alternative_last_day is None
            assert deadline.skipped[0].reason is SkipReason.MUNICIPAL_HOLIDAY

    @pytest.mark.parametrize(
        ("municipality", "day"),
        [
            ("Castelo Branco", date(2014, 5, 6)),
            ("Castelo Branco", date(2022, 5, 3)),
            ("Castelo Branco", date(2023, 4, 25)),
            ("Castelo Branco", date(2026, 4, 21)),
            ("Albufeira", date(2021, 8, 20)),
            ("Beja", date(2023, 5, 18)),
            ("Beja", date(2025, 5, 29)),
            ("Faro", date(2024, 9, 7)),
            ("Lisboa", date(2024, 6, 13)),
        ],
    )
    def test_packaged_holidays_on_days_seen_in_print(self, municipality, day):
        holiday = municipal_holiday(municipality)
        year = [date(day.year, 1, 1) + n * DAY for n in range(365)]
        assert [d for d in year if holiday.falls_on(d)] == [day]

    def test_albufeira_is_not_faro(self):
        albufeira = ServiceCalendar(municipal=(municipal_holiday("albufeira"),))
        assert is_working_day(date(2026, 9, 7), albufeira)
        assert not is_working_day(date(2026, 8, 20), albufeira)

    def test_each_packaged_holiday_has_a_name_and_a_source(self):
        assert len(known_municipalities()) >= 10
        for municipality in known_municipalities():
            assert municipal_holiday(municipality).name
            assert "." in source_of(municipality)

    @pytest.mark.parametrize("unknown", ["Atlântida", "", "05", "castelobranco"])
    def test_an_unknown_municipality_is_refused(self, unknown):
        with pytest.raises(UsageError, match=r"not known here; give its dates.*Castelo Branco"):
            municipal_holiday(unknown)

    def test_dates_given_by_the_service(self):
        calendar = ServiceCalendar(municipal=(OnDates(frozenset({date(2018, 2, 20)})),))
        assert add_days(date(2018, 2, 9), 10, calendar).last_day == date(2018, 2, 26)

    def test_rules_that_name_no_day_are_refused(self):
        with pytest.raises(UsageError, match="no day 31 of month 4"):
            EveryYear(4, 31)
        with pytest.raises(UsageError, match="after Easter"):
            AfterEaster(300)
        assert not EveryYear(2, 29).falls_on(date(2026, 3, 1))


class TestCalendarDays:
    @pytest.mark.parametrize(
        ("situation", "start", "days", "expected", "moved"),
        [
            ("weekends count", (2024, 1, 8), 7, (2024, 1, 15), False),
            ("ending on a Saturday", (2024, 1, 5), 15, (2024, 1, 22), True),
            ("ending on a holiday before a weekend", (2026, 4, 16), 15, (2026, 5, 4), True),
        ],
    )
    def test_days_in_a_row(self, situation, start, days, expected, moved):
        deadline = add_days(date(*start), days, unit=Unit.CALENDAR_DAYS)
        assert deadline.last_day == date(*expected), situation
        assert (deadline.moved_from is not None) is moved
        assert all(skipped.date >= deadline.moved_from for skipped in deadline.skipped)

    @pytest.mark.parametrize(
        ("start", "months", "expected"),
        [
            ((2024, 1, 15), 1, (2024, 2, 15)),
            ((2024, 1, 31), 1, (2024, 2, 29)),
            ((2023, 1, 31), 1, (2023, 2, 28)),
            ((2024, 12, 10), 12, (2025, 12, 10)),
            ((2023, 11, 30), 7, (2024, 7, 1)),
        ],
    )
    def test_months_end_on_the_same_day(self, start, months, expected):
        assert add_months(date(*start), months).last_day == date(*expected)

    def test_more_than_six_months_by_law_run_without_a_stop(self):
        start = date(2024, 1, 15)
        assert add_days(start, 182, fixed_by_law=True).unit is Unit.WORKING_DAYS
        longer = add_days(start, 183, fixed_by_law=True)
        assert longer.unit is Unit.CALENDAR_DAYS
        assert longer.last_day == date(2024, 7, 16)
        assert add_days(start, 183).unit is Unit.WORKING_DAYS
        assert add_months(start, 7, fixed_by_law=True).last_day == date(2024, 8, 16)

    def test_six_months_by_law_are_refused_in_months(self):
        with pytest.raises(UsageError, match="give it in working days"):
            add_months(date(2024, 1, 15), 6, fixed_by_law=True)


class TestBefore:
    def test_a_month_before_never_moves_forward(self):
        deadline = months_before(date(2025, 7, 15), 1)
        assert deadline.last_day == date(2025, 6, 13)
        assert deadline.moved_from == date(2025, 6, 15)
        assert [s.reason for s in deadline.skipped] == [SkipReason.SUNDAY, SkipReason.SATURDAY]

    def test_working_days_before(self):
        assert latest_before(date(2025, 12, 15), 2).last_day == date(2025, 12, 11)
        assert latest_before(date(2024, 5, 2), 2).last_day == date(2024, 4, 29)

    def test_a_closure_moves_it_back(self):
        assert latest_before(date(2018, 2, 14), 1, CARNIVAL_2018).last_day == date(2018, 2, 12)

    def test_days_in_a_row_before(self):
        deadline = latest_before(date(2025, 7, 15), 30, unit=Unit.CALENDAR_DAYS)
        assert deadline.last_day == date(2025, 6, 13)


class TestExtraDays:
    @pytest.mark.parametrize(
        ("residence", "days", "confirmed"),
        [
            (Residence.MAINLAND, 0, True),
            (Residence.AUTONOMOUS_REGION, 5, True),
            (Residence.EUROPE, 15, True),
            (Residence.ELSEWHERE, 30, False),
        ],
    )
    def test_by_residence(self, residence, days, confirmed):
        extra = extra_days_for(residence)
        assert (extra.days, extra.confirmed) == (days, confirmed)
        assert extra.clause.startswith("CPA 88/1")

    def test_they_run_before_the_count(self):
        extra = extra_days_for(Residence.AUTONOMOUS_REGION).days
        deadline = add_days(date(2018, 2, 9), 10, CARNIVAL_2018, extra_days=extra)
        assert deadline.last_day == date(2018, 3, 2)
        assert (deadline.days, deadline.extra_days) == (10, 5)

    def test_they_are_counted_like_the_deadline_under_both_readings(self):
        deadline = add_days(date(2026, 4, 17), 5, CASTELO_BRANCO, extra_days=5)
        assert deadline.last_day == date(2026, 5, 5)
        assert deadline.alternative_last_day == date(2026, 5, 4)

    def test_before_months(self):
        assert add_months(date(2024, 1, 10), 7, extra_days=5).last_day == date(2024, 8, 16)


class TestBadInput:
    @pytest.mark.parametrize("days", [0, -1, 100_000])
    def test_lengths_that_are_none(self, days):
        for call in (add_days, add_months, latest_before, months_before):
            with pytest.raises(UsageError, match=f"length of a deadline is {days:,}; give from 1"):
                call(date(2024, 1, 15), days)

    def test_negative_extra_days(self):
        with pytest.raises(UsageError, match="extra days of a deadline are -5"):
            add_days(date(2024, 1, 15), 10, extra_days=-5)

    @pytest.mark.parametrize("days", [2.0, True, "10", None])
    def test_lengths_that_are_no_whole_number(self, days):
        with pytest.raises(TypeError, match="give a whole number"):
            add_days(date(2024, 1, 15), days)

    @pytest.mark.parametrize("start", [datetime(2024, 1, 15, 9), "2024-01-15", None])
    def test_a_start_that_is_no_date(self, start):
        with pytest.raises(TypeError, match="give a date without a time"):
            add_days(start, 10)

    def test_a_closure_with_a_time_would_never_match(self):
        with pytest.raises(TypeError, match="the closure is"):
            ServiceCalendar(closures=frozenset({datetime(2018, 2, 13)}))
        with pytest.raises(TypeError, match="the municipal holiday is"):
            OnDates(frozenset({datetime(2018, 2, 13)}))

    @pytest.mark.parametrize(
        ("call", "start"),
        [
            (add_days, date(2007, 12, 31)),
            (add_days, date(2027, 12, 30)),
            (add_days, date(2028, 1, 3)),
            (add_months, date(2027, 12, 30)),
            (latest_before, date(2008, 1, 3)),
            (months_before, date(2008, 1, 3)),
        ],
    )
    def test_a_day_outside_the_known_years(self, call, start):
        with pytest.raises(UsageError, match="known from 2008 to 2027"):
            call(start, 4)

    def test_a_move_out_of_the_known_years(self):
        last = ServiceCalendar(closures=frozenset({date(2027, 12, 31)}))
        assert add_days(date(2027, 12, 30), 1).last_day == date(2027, 12, 31)
        with pytest.raises(UsageError, match="known from 2008 to 2027"):
            add_days(date(2027, 12, 30), 1, last)

    @pytest.mark.parametrize("hours", [12, 36, 72, 0])
    def test_hours_the_code_does_not_turn_into_days(self, hours):
        with pytest.raises(UsageError, match="24 and 48 hours only"):
            days_of_hours(hours)


starts = st.dates(date(2008, 1, 1), date(2026, 6, 30))
lengths = st.integers(1, 90)
municipal = st.one_of(
    st.builds(EveryYear, st.integers(1, 12), st.integers(1, 28)),
    st.builds(AfterEaster, st.integers(-60, 60)),
)


@st.composite
def situations(draw):
    """A start, a length, and a calendar whose closures lie where the deadline may end."""
    start, days = draw(starts), draw(lengths)
    near = st.builds(lambda n: start + n * DAY, st.integers(1, 2 * days + 12))
    given_dates = st.builds(OnDates, st.frozensets(near, max_size=3))
    calendar = ServiceCalendar(
        municipal=tuple(draw(st.lists(municipal | given_dates, max_size=2))),
        closures=draw(st.frozensets(near, max_size=12)),
        municipal_reading=draw(st.sampled_from(MunicipalReading)),
    )
    return start, days, calendar


@settings(max_examples=300, deadline=None)
@given(situations())
def test_as_the_reference_counts(situation):
    start, days, calendar = situation
    near = [start + n * DAY for n in range(400)]
    local = {day for day in near if any(h.falls_on(day) for h in calendar.municipal)}
    stopping = reference_last_day(start, days, local, calendar.closures)
    closing = reference_last_day(start, days, (), calendar.closures | local)
    stops = calendar.municipal_reading is MunicipalReading.STOPS_COUNT
    last, other = (stopping, closing) if stops else (closing, stopping)
    deadline = add_days(start, days, calendar)
    assert deadline.last_day == last
    assert deadline.alternative_last_day == (None if other == last else other)


@settings(max_examples=200, deadline=None)
@given(situations(), st.sampled_from(Unit))
def test_never_ends_on_a_closed_day(situation, unit):
    start, days, calendar = situation
    assert is_open(add_days(start, days, calendar, unit=unit).last_day, calendar)
    if start.year > 2008:
        assert is_open(latest_before(start, days, calendar, unit=unit).last_day, calendar)


@settings(max_examples=200, deadline=None)
@given(situations(), st.integers(0, 30))
def test_a_longer_deadline_never_ends_earlier(situation, more):
    start, days, calendar = situation
    shorter = add_days(start, days, calendar)
    longer = add_days(start, days + more, calendar)
    assert shorter.last_day <= longer.last_day
    assert (shorter.moved_from or shorter.last_day) <= (longer.moved_from or longer.last_day)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_the_working_days_between_are_the_days(situation):
    start, days, calendar = situation
    deadline = add_days(start, days, calendar)
    nominal = deadline.moved_from or deadline.last_day
    assert working_days_between(start, nominal, calendar) == days
    assert working_days_between(nominal, start, calendar) == 0


@settings(max_examples=200, deadline=None)
@given(situations())
def test_every_day_of_the_span_is_counted_or_skipped_once(situation):
    start, days, calendar = situation
    deadline = add_days(start, days, calendar)
    nominal = deadline.moved_from or deadline.last_day
    skipped = [skipped.date for skipped in deadline.skipped]
    assert skipped == sorted(set(skipped))
    stopped = [day for day in skipped if day < nominal]
    assert (nominal - start).days == days + len(stopped)
    moved = [day for day in skipped if day >= nominal]
    assert moved == [nominal + n * DAY for n in range((deadline.last_day - nominal).days)]


@settings(max_examples=200, deadline=None)
@given(situations())
def test_counted_back_the_same_days_lie_between(situation):
    event, days, _ = situation
    if event.year > 2008:
        before = latest_before(event, days)
        assert working_days_between(before.last_day - DAY, event - DAY) == days
