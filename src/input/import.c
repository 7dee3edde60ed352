/* The import as a whole: what rows say together, the join, the day of the file. */
#include "input/import.h"

#include "base/str.h"
#include "input/date_form.h"
#include "input/join.h"
#include "base/banned.h"

/* ---- order -------------------------------------------------------------------------- */

static int compare_texts(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int compare_subjects(const struct pm_entry *a, const struct pm_entry *b)
{
    int keys = compare_texts(a->key, b->key);
    if (a->place != b->place)
        return a->place - b->place;
    return keys ? keys : compare_texts(a->in, b->in);
}

bool pm_same_subject(const struct pm_entry *a, const struct pm_entry *b)
{
    return compare_subjects(a, b) == 0;
}

static int compare_entries(const void *a, const void *b)
{
    const struct pm_entry *x = a, *y = b;
    int subjects = compare_subjects(x, y);
    if (subjects || x->from != y->from)
        return subjects ? subjects : (x->from > y->from) - (x->from < y->from);
    return (x->said_at.at > y->said_at.at) - (x->said_at.at < y->said_at.at);
}

/* ---- what contradicts, what repeats --------------------------------------------------- */

/* But for the day. */
static bool say_the_same(const struct pm_entry *a, const struct pm_entry *b)
{
    bool same = a->verified == b->verified;
    for (size_t i = 0; i < PM_IMPORT_COLUMNS; i++)
        same = same && pm_streq(a->cells[i], b->cells[i]);
    return same;
}

static const char *said_of(struct pm_importer *im, const struct pm_entry *entry)
{
    char iso[16] = "";
    if (entry->from != PM_NO_DATE)
        pm_date_iso(entry->from, iso);
    return pm_sprintf(&im->arena, "\"%s\"%s%s", entry->key, *iso ? " on " : "", iso);
}

static void report_conflict(struct pm_importer *im, const struct pm_entry *first,
                            const struct pm_entry *entry)
{
    const char *old = first->cells[PM_IMPORT_STATUS], *new = entry->cells[PM_IMPORT_STATUS];
    const struct pm_place place = pm_cell_place(&im->sheet, &entry->said_at);
    if (pm_streq(old, new))
        pm_error(im->diags, PM_FAULT_DATA, "duplicate-row", place,
                 "rows %u and %u tell different things of %s", first->said_at.row,
                 entry->said_at.row, said_of(im, entry));
    else
        pm_error(im->diags, PM_FAULT_DATA, "duplicate-row", place,
                 "row %u says %s of %s, but row %u says %s", entry->said_at.row, new,
                 said_of(im, entry), first->said_at.row, old);
    pm_help(im->diags, "%s",
            first->from == PM_NO_DATE && !im->options->columns[PM_IMPORT_DATE]
                ? "keep one; or name the column with the days: --date COLUMN"
                : "keep the one that holds");
}

/* Of entries of one subject and day the first stays. */
static void drop_doubles(struct pm_importer *im)
{
    struct pm_entry *entries = im->entries.v;
    size_t kept = 0, repeated = 0;
    for (size_t i = 0; entries && i < im->entries.n; i++) {
        struct pm_entry *entry = &entries[i];
        struct pm_entry *last = kept ? &entries[kept - 1] : NULL;
        bool known = last && pm_same_subject(last, entry);
        bool same = known && say_the_same(last, entry);
        if (known && last->from == entry->from && !same)
            report_conflict(im, last, entry);
        else if (known && last->from == entry->from)
            pm_warning(im->diags, "duplicate-row", pm_cell_place(&im->sheet, &entry->said_at),
                       "row %u repeats row %u", entry->said_at.row, last->said_at.row);
        else if (same)
            repeated++;
        else
            entries[kept++] = *entry;
    }
    im->entries.n = kept;
    if (repeated)
        pm_note(im->diags, "not-imported", pm_place_file(im->sheet.source->name),
                "%zu later entr%s nothing new: what was before goes on", repeated,
                repeated == 1 ? "y says" : "ies say");
}

void pm_import_sort(struct pm_importer *im)
{
    if (im->entries.n)
        qsort(im->entries.v, im->entries.n, sizeof *im->entries.v, compare_entries);
    if (!im->undated)
        drop_doubles(im);
}

/* ---- the day of the file ------------------------------------------------------------ */

static pm_date last_day(const struct pm_importer *im)
{
    pm_date last = PM_NO_DATE;
    for (size_t i = 0; i < im->entries.n; i++) {
        const struct pm_entry *entry = &im->entries.v[i];
        last = entry->from > last ? entry->from : last;
        last = entry->verified > last ? entry->verified : last;
    }
    for (size_t i = 0; im->days && i < im->sheet.column_count; i++)
        last = im->days[i] > last ? im->days[i] : last;
    return last;
}

static void check_verified(struct pm_importer *im)
{
    for (size_t i = 0; i < im->entries.n; i++) {
        const struct pm_entry *entry = &im->entries.v[i];
        if (entry->verified <= im->as_of || entry->verified <= entry->from)
            continue;
        pm_error(im->diags, PM_FAULT_DATA, "verified-after-as-of",
                 pm_cell_place(&im->sheet, &entry->verified_at),
                 "row %u: verified later than the file's as_of", entry->verified_at.row);
        pm_help(im->diags, "bring --as-of up to date, or correct this day");
    }
}

static void find_as_of(struct pm_importer *im)
{
    char iso[16];
    const char *given = im->options->as_of;
    im->as_of = last_day(im);
    bool good = pm_date_option("as-of", given, &im->as_of, im->diags);
    if (good && im->as_of == PM_NO_DATE) {
        pm_error(im->diags, PM_FAULT_USAGE, "no-date", pm_place_file(im->sheet.source->name),
                 "of which day is it?");
        pm_help(im->diags, "say the day: --as-of YYYY-MM-DD; or the column with days: --date");
    } else if (good && !given) {
        pm_date_iso(im->as_of, iso);
        pm_note(im->diags, "as-of", pm_place_file(im->sheet.source->name),
                "as_of is %s, the last day of the table; --as-of says another", iso);
    }
    check_verified(im);
}

/* ---- names -------------------------------------------------------------------------- */

static struct pm_at at_of(const struct pm_cell *cell)
{
    return (struct pm_at){cell->at, cell->at};
}

/* The join only looks at what is named, and where. */
static void add_subject(struct pm_subject *subjects, size_t *count, const struct pm_entry *entry)
{
    const char *lon = entry->cells[PM_IMPORT_LON], *lat = entry->cells[PM_IMPORT_LAT];
    struct pm_subject *subject = &subjects[(*count)++];
    *subject = (struct pm_subject){
        .key = entry->key, .in = entry->in, .in_at = at_of(&entry->in_at), .at = at_of(&entry->at)};
    subject->has_position = lon && lat && pm_parse_number(lon, strlen(lon), &subject->lon) &&
                            pm_parse_number(lat, strlen(lat), &subject->lat);
}

void pm_import_join(struct pm_importer *im)
{
    const struct pm_join_options options = {.aliases = im->options->aliases};
    struct pm_join join = {0};
    struct pm_status status = {.source = im->sheet.source};
    status.areas = PM_NEW_N(&im->arena, struct pm_subject, im->entries.n);
    status.places = PM_NEW_N(&im->arena, struct pm_subject, im->entries.n);
    for (size_t i = 0; i < im->entries.n; i++) {
        const struct pm_entry *entry = &im->entries.v[i];
        if (i && pm_same_subject(entry, entry - 1))
            continue;
        if (entry->place)
            add_subject(status.places, &status.place_count, entry);
        else
            add_subject(status.areas, &status.area_count, entry);
    }
    pm_join(im->options->atlas, &status, &options, &im->arena, &join, im->diags);
}

/* ---- the whole ---------------------------------------------------------------------- */

/* That nothing is written which provmap itself could not read. */
static void check_result(const struct pm_str *out, struct pm_diags *diags)
{
    pm_status_free(pm_status_parse(pm_str_get(out), out->n, "<the status file>", diags));
}

static bool check_forms(const struct pm_import_options *o, struct pm_diags *diags)
{
    size_t errors = pm_diags_errors(diags);
    if (o->date_form && !pm_date_form_check(o->date_form)) {
        pm_error(diags, PM_FAULT_USAGE, "bad-option", (struct pm_place){0},
                 "--date-format can't be \"%s\"", o->date_form);
        pm_help(diags, "it holds %%Y, %%m (or %%b) and %%d once each, as \"%%d.%%m.%%Y\"; or it is "
                       "excel");
    }
    for (size_t i = 0; i < o->map_count; i++)
        if (!strchr(o->map[i], '=')) {
            pm_error(diags, PM_FAULT_USAGE, "bad-option", (struct pm_place){0},
                     "--map can't be \"%s\"", o->map[i]);
            pm_help(diags, "write the word of the table, = and a status: --map \"Gov=government\"");
        }
    return pm_diags_errors(diags) == errors;
}

bool pm_import_sheet(struct pm_importer *im, struct pm_str *out)
{
    size_t errors = pm_diags_errors(im->diags);
    if (!pm_import_columns(im))
        return false;
    pm_import_rows(im);
    pm_import_sort(im);
    if (!im->undated)
        find_as_of(im);
    if (im->options->atlas)
        pm_import_join(im);
    if (pm_diags_errors(im->diags) != errors)
        return false;
    pm_import_write(im, out);
    check_result(out, im->diags);
    return pm_diags_errors(im->diags) == errors;
}

void pm_import_finish(struct pm_importer *im)
{
    pm_vec_finish(&im->entries);
    pm_vec_finish(&im->strange);
    pm_arena_finish(&im->arena);
}

bool pm_import(const char *path, const struct pm_import_options *options, char **data, size_t *size,
               struct pm_diags *diags)
{
    struct pm_importer im = {.options = options, .diags = diags};
    struct pm_str out = {0};
    bool done =
        check_forms(options, diags) &&
        pm_sheet_load(&im.sheet, path, options->encoding, options->delimiter, &im.arena, diags) &&
        pm_import_sheet(&im, &out);
    pm_import_finish(&im);
    if (!done)
        pm_str_finish(&out);
    *data = out.s;
    *size = out.n;
    return done;
}
