/* Which column of a table holds what. */
#include "base/str.h"
#include "input/date_form.h"
#include "input/import.h"
#include "input/place_names.h"
#include "input/similar.h"
#include "base/banned.h"

/* The option that names a column, and what it is called in a table that provmap writes. */
static const struct {
    const char *option, *own;
} columns[PM_IMPORT_COLUMNS] = {
    [PM_IMPORT_AREA] = {"area", "key"},
    [PM_IMPORT_PLACE] = {"place", NULL},
    [PM_IMPORT_STATUS] = {"status", "status"},
    [PM_IMPORT_DATE] = {"date", "since"},
    [PM_IMPORT_LEANING] = {"leaning", "leaning"},
    [PM_IMPORT_PARTY] = {"party", "holder"},
    [PM_IMPORT_CONFIDENCE] = {"confidence", "confidence"},
    [PM_IMPORT_BASIS] = {"basis", "basis"},
    [PM_IMPORT_VERIFIED] = {"verified", "last_verified"},
    [PM_IMPORT_NOTE] = {"note", "note"},
    [PM_IMPORT_SOURCE] = {"source", "sources"},
    [PM_IMPORT_LON] = {"lon", "longitude"},
    [PM_IMPORT_LAT] = {"lat", "latitude"},
};

static const char *header(const struct pm_importer *im, size_t col)
{
    return im->sheet.rows[0].cells[col].text;
}

const char *pm_import_header(const struct pm_importer *im, const struct pm_cell *cell)
{
    return header(im, cell->col);
}

/* The column of that header, and how many there are. */
static size_t find(const struct pm_importer *im, const char *name, size_t *count)
{
    size_t found = PM_NONE;
    *count = 0;
    for (size_t i = im->sheet.column_count; i-- > 0;)
        if (name && pm_streq(header(im, i), name)) {
            found = i;
            ++*count;
        }
    return found;
}

static size_t find_own(const struct pm_importer *im, const char *name)
{
    size_t count = 0;
    return find(im, name, &count);
}

static void unknown_column(struct pm_importer *im, const char *option, const char *name)
{
    PM_VEC(const char *) names = {0};
    struct pm_str list = {0};
    for (size_t i = 0; i < im->sheet.column_count; i++) {
        pm_vec_push(&names, header(im, i));
        pm_str_addf(&list, "%s\"%s\"", i ? ", " : "", header(im, i));
    }
    int near = pm_nearest(name, names.v, names.n);
    pm_error(im->diags, PM_FAULT_USAGE, "unknown-column", pm_place_file(im->sheet.source->name),
             "--%s: no column is called \"%s\"", option, name);
    if (names.v && near >= 0)
        pm_help(im->diags, "did you mean \"%s\"?", names.v[near]);
    else
        pm_help(im->diags, "there are: %s", pm_str_get(&list));
    pm_vec_finish(&names);
    pm_str_finish(&list);
}

static size_t find_named(struct pm_importer *im, const char *option, const char *name)
{
    size_t count = 0, col = find(im, name, &count);
    if (name && count == 0)
        unknown_column(im, option, name);
    if (count > 1) {
        pm_error(im->diags, PM_FAULT_DATA, "duplicate-column",
                 pm_cell_place(&im->sheet, &im->sheet.rows[0].cells[col]),
                 "--%s: %zu columns are called \"%s\"", option, count, name);
        pm_help(im->diags, "give them names of their own");
    }
    return col;
}

static void missing(struct pm_importer *im, const char *message, const char *help)
{
    pm_error(im->diags, PM_FAULT_USAGE, "no-column", pm_place_file(im->sheet.source->name), "%s",
             message);
    pm_help(im->diags, "%s", help);
}

static void check_enough(struct pm_importer *im)
{
    const char *const *named = im->options->columns;
    bool subject = named[PM_IMPORT_AREA] || named[PM_IMPORT_PLACE];
    if (im->own)
        return;
    if (!subject)
        missing(im, "which column names the areas?", "say it: --area COLUMN, or --place COLUMN");
    if (!named[PM_IMPORT_STATUS] && !im->options->wide)
        missing(im, "which column holds the statuses?",
                "say it: --status COLUMN; or --wide, if there is a column for each day");
    if (im->options->wide && (named[PM_IMPORT_STATUS] || named[PM_IMPORT_DATE]))
        missing(im, "--wide excludes --status and --date",
                "there the headers are the days, and the cells beneath the statuses");
    if ((named[PM_IMPORT_LON] == NULL) != (named[PM_IMPORT_LAT] == NULL) ||
        (named[PM_IMPORT_LON] && !named[PM_IMPORT_PLACE]))
        missing(im, "a position belongs to a place, and needs both --lon and --lat",
                "name all three columns: --place, --lon and --lat");
}

static bool is_taken(const struct pm_importer *im, size_t col)
{
    bool taken = false;
    for (size_t i = 0; i < PM_IMPORT_COLUMNS; i++)
        taken |= im->columns[i] == col;
    for (size_t i = 0; i < im->options->ignored_count; i++)
        taken |= pm_streq(im->options->ignored[i], header(im, col));
    return taken || (im->own &&
                     (col == im->kind || col == im->code || col == im->name || col == im->parent));
}

/* Spreadsheets like to write columns behind the last that are quite empty. */
static bool is_empty(const struct pm_importer *im, size_t col)
{
    for (size_t i = 0; i < im->sheet.row_count; i++)
        if (col < im->sheet.rows[i].count && im->sheet.rows[i].cells[col].text[0])
            return false;
    return true;
}

static void read_day(struct pm_importer *im, const char *form, size_t col)
{
    const struct pm_cell *cell = &im->sheet.rows[0].cells[col];
    if (!pm_date_form_read(form, cell->text, &im->days[col])) {
        const char *forms = pm_date_forms_of(&im->arena, cell->text);
        pm_error(im->diags, PM_FAULT_DATA, "bad-date", pm_cell_place(&im->sheet, cell),
                 "the header \"%s\" is no day written %s", cell->text, form);
        if (forms)
            pm_help(im->diags, "say how days are written: --date-format %s", forms);
        else
            pm_help(im->diags, "leave the column out: --ignore \"%s\"", cell->text);
        return;
    }
    for (size_t i = 0; i < col; i++)
        if (im->days[i] == im->days[col])
            pm_error(im->diags, PM_FAULT_DATA, "duplicate-column", pm_cell_place(&im->sheet, cell),
                     "columns %zu and %zu are the same day", i + 1, col + 1);
}

static void read_days(struct pm_importer *im, const char *form)
{
    im->days = PM_NEW_N(&im->arena, pm_date, im->sheet.column_count);
    for (size_t i = 0; i < im->sheet.column_count; i++)
        im->days[i] = PM_NO_DATE;
    for (size_t i = 0; i < im->sheet.column_count; i++)
        if (!is_taken(im, i) && !is_empty(im, i))
            read_day(im, form, i);
}

static void tell_left_out(struct pm_importer *im)
{
    struct pm_str list = {0};
    for (size_t i = 0; i < im->sheet.column_count; i++)
        if (!is_taken(im, i) && !is_empty(im, i))
            pm_str_addf(&list, "%s\"%s\"", list.n ? ", " : "", header(im, i));
    if (list.n)
        pm_note(im->diags, "not-imported", pm_place_file(im->sheet.source->name),
                "columns left out: %s", pm_str_get(&list));
    pm_str_finish(&list);
}

bool pm_import_columns(struct pm_importer *im)
{
    size_t errors = pm_diags_errors(im->diags);
    const char *form = im->options->date_form ? im->options->date_form : PM_DATE_ISO;
    im->kind = find_own(im, "kind");
    im->code = find_own(im, "code");
    im->name = find_own(im, "name");
    im->parent = find_own(im, "parent");
    im->own = !im->options->columns[PM_IMPORT_AREA] && im->kind != PM_NONE && im->code != PM_NONE &&
              im->name != PM_NONE && im->parent != PM_NONE && find_own(im, "key") != PM_NONE;
    check_enough(im);
    for (size_t i = 0; i < PM_IMPORT_COLUMNS; i++) {
        const char *name = im->options->columns[i];
        im->columns[i] = im->own && !name ? find_own(im, columns[i].own)
                                          : find_named(im, columns[i].option, name);
    }
    for (size_t i = 0; i < im->options->ignored_count; i++)
        find_named(im, "ignore", im->options->ignored[i]);
    if (pm_diags_errors(im->diags) == errors && im->options->wide)
        read_days(im, form);
    else if (pm_diags_errors(im->diags) == errors)
        tell_left_out(im);
    return pm_diags_errors(im->diags) == errors;
}
