/* The map as a table: a row for each area, then one for each place that is shown, in the order of the
 * shapes; what holds for them on the map's date. The attributes of an SVG, CSV, JSON and the table of a
 * page are all made from it. */
#ifndef PM_LAYOUT_TABLE_H
#define PM_LAYOUT_TABLE_H

#include "layout/draft.h"

enum pm_field {
    PM_FIELD_KIND, /* "area", "place" */
    PM_FIELD_CODE,
    PM_FIELD_NAME,         /* in the map's language */
    PM_FIELD_NAME_IN_DATA, /* in that of the shapes */
    PM_FIELD_KEY,          /* by which the status file names it */
    PM_FIELD_PARENT, /* of an area; the code, or else the name, of the area that a place lies in */
    PM_FIELD_STATUS,
    PM_FIELD_LABEL,     /* of the status, in the map's language */
    PM_FIELD_CERTAINTY, /* "solid", "claimed", "uncertain" */
    PM_FIELD_CONFIDENCE,
    PM_FIELD_BASIS,
    PM_FIELD_LEANING,
    PM_FIELD_PRESSURE, /* who */
    PM_FIELD_PRESSURE_FROM,
    PM_FIELD_HOLDER,
    PM_FIELD_HOLDER_NAME,
    PM_FIELD_SINCE,
    PM_FIELD_VERIFIED,
    PM_FIELD_STALE,
    PM_FIELD_IN_FOCUS,
    PM_FIELD_AREA, /* km² */
    PM_FIELD_AREA_PERCENT,
    PM_FIELD_POPULATION,
    PM_FIELD_POPULATION_PERCENT,
    PM_FIELD_LONGITUDE,
    PM_FIELD_LATITUDE,
    PM_FIELD_NOTE,
    PM_FIELD_SOURCES, /* "Publisher: Title, 2021-05-04; …" */
    PM_FIELDS
};

enum pm_field_type { PM_FIELD_TEXT, PM_FIELD_NUMBER, PM_FIELD_FLAG };

struct pm_field_about {
    const char *name; /* in CSV and JSON */
    enum pm_field_type type;
    const char *area_attr, *place_attr; /* in SVG; NULL: not there */
};

extern const struct pm_field_about pm_fields[PM_FIELDS];

struct pm_row {
    bool place;
    size_t number; /* from 1; 0: of a place that only an inset shows */
    const struct pm_state *state;
    const char *lang;             /* of the name */
    const char *cells[PM_FIELDS]; /* NULL: not known, or not said. Flags: "true", "false" */
};

struct pm_table {
    struct pm_row *rows; /* areas first */
    size_t count, area_count;
};

/* Sets the cells that say what holds: status, holder, dates and how sure that is. */
void pm_row_say(const struct pm_draft *draft, struct pm_row *row, const struct pm_state *state);
/* What is told of one in an SVG: sizes, shares, note and sources are left out. */
struct pm_row pm_area_row(const struct pm_draft *draft, const struct pm_area_draft *area);
struct pm_row pm_place_row(const struct pm_draft *draft, const struct pm_place_draft *place);
/* Events are counted on from the last place; their elements are known by that number. */
size_t pm_event_row(const struct pm_draft *draft, const struct pm_event_draft *event);
/* All rows with all that is known; in the draft's arena. */
struct pm_table pm_table_make(const struct pm_draft *draft);

#endif
