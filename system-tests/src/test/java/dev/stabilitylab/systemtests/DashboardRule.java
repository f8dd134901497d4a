package dev.stabilitylab.systemtests;

import java.util.List;
import java.util.function.Function;

/** What must hold of each dashboard's file, besides that it is a dashboard by Grafana's schema. */
enum DashboardRule {
    HAS_UID_TITLE_TAG_AND_LINKS(DashboardFrame::identity),
    LINKS_TO_WHAT_THERE_IS(DashboardFrame::addresses),
    SHOWS_THE_LAST_MINUTES_AND_REFRESHES(DashboardFrame::time),
    SHARES_ITS_CROSSHAIR(DashboardFrame::crosshair),
    SHOWS_WHAT_THE_LAB_DOES(DashboardFrame::annotations),
    HAS_VARIABLES_THAT_ARE_DEFINED_AND_USED(DashboardVariables::violations),
    NAMES_ITS_DATA_SOURCES_BY_UID(DashboardQueries::dataSources),
    ASKS_IN_TEXTS(DashboardQueries::expressions),
    NAMES_ITS_SERIES(DashboardQueries::legends),
    SAYS_WHAT_ONE_SEES_AND_HOW_TO_READ_IT(DashboardPanels::texts),
    HAS_UNITS(DashboardPanels::units),
    DECLARES_LIMITS(DashboardPanels::limits),
    CONFIGURES_FIELDS_WITH_THE_RIGHT_TYPES(DashboardFields::types),
    NUMBERS_ITS_PANELS_ONCE(DashboardGrid::ids),
    STAYS_INSIDE_ITS_COLUMNS(DashboardGrid::columns),
    PUTS_NOTHING_ON_TOP_OF_ANOTHER(DashboardGrid::overlaps),
    HAS_THE_LABS_COLOURS_ONLY(DashboardColours::violations);

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final Function<GrafanaDashboard, List<String>> check;

    DashboardRule(Function<GrafanaDashboard, List<String>> check) {
        this.check = check;
    }

    /** What breaks the rule, a sentence each; empty when nothing does. */
    List<String> violations(GrafanaDashboard dashboard) {
        return check.apply(dashboard);
    }
}
