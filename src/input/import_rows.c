/* The rows of a table as entries: words to statuses, days, numbers. */
#include "base/limits.h"
#include "base/str.h"
#include "input/date_form.h"
#include "input/import.h"
#include "input/place_names.h"
#include "input/similar.h"
#include "model/style.h"
#include "base/banned.h"

/* ---- cells -------------------------------------------------------------------------- */

/* A name in one line: a cell may be broken anywhere. */
static const char *one_line(struct pm_importer *im, const char *text)
{
    char *line = pm_strdup(&im->arena, text), *to = line;
    for (const char *from = line; *from; from++) {
        bool blank = strchr(" \t\r\n", *from) != NULL;
        if (!blank || (to > line && to[-1] != ' '))
            *to++ = blank ? ' ' : *from;
    }
    *to = '\0';
    return line;
}

/* provmap hides from spreadsheets what they would run. */
static const char *unhidden(const struct pm_importer *im, const char *text)
{
    return im->own && text[0] == '\'' && text[1] && !strchr("'", text[1]) ? text + 1 : text;
}

/* Its text; NULL if there is no such cell, or nothing in it. */
static const char *cell_text(struct pm_importer *im, const struct pm_sheet_row *row, size_t col,
                             struct pm_cell *at)
{
    if (col >= row->count)
        return NULL;
    *at = row->cells[col];
    const char *text = unhidden(im, at->text);
    return *text ? text : NULL;
}

static void bad_cell(struct pm_importer *im, const char *id, const struct pm_cell *at,
                     const char *why)
{
    pm_error(im->diags, PM_FAULT_DATA, id, pm_cell_place(&im->sheet, at),
             "row %u, column \"%s\": %s", at->row, pm_import_header(im, at), why);
}

/* ---- statuses ----------------------------------------------------------------------- */

static bool folds_alike(const char *a, const char *b)
{
    struct pm_str x = {0}, y = {0};
    pm_fold(a, &x);
    pm_fold(b, &y);
    bool alike = x.n && pm_streq(pm_str_get(&x), pm_str_get(&y));
    pm_str_finish(&x);
    pm_str_finish(&y);
    return alike;
}

static const char *find_status(const struct pm_importer *im, const char *word)
{
    const struct pm_style *style = im->options->style;
    for (size_t i = 0; i < style->status_count; i++)
        if (folds_alike(style->statuses[i].id, word))
            return style->statuses[i].id;
    return NULL;
}

/* What --map says a word means; NULL if nothing. */
static const char *mapped(struct pm_importer *im, const char *word)
{
    for (size_t i = 0; i < im->options->map_count; i++) {
        const char *rule = im->options->map[i], *equals = strrchr(rule, '=');
        size_t length = (size_t)(equals - rule);
        if (strlen(word) != length || strncmp(word, rule, length) != 0)
            continue;
        im->map_used[i] = true;
        return equals + 1;
    }
    return NULL;
}

static void note_strange(struct pm_importer *im, const char *word, const struct pm_cell *at)
{
    size_t number = im->strange.n;
    if (!pm_index_get(&im->strange_index, word, &number)) {
        pm_index_set(&im->strange_index, &im->arena, word, number);
        pm_vec_push(&im->strange, (struct pm_strange_word){word, *at, 0});
    }
    im->strange.v[number].count++;
}

/* The id of a status; NULL for an empty cell that --map does not speak of, or an error. */
static const char *read_status(struct pm_importer *im, const char *text, const struct pm_cell *at)
{
    const char *word = one_line(im, text ? text : ""), *meant = mapped(im, word);
    const char *id = meant ? find_status(im, meant) : find_status(im, word);
    if (!id && *word && !meant)
        note_strange(im, word, at);
    return id;
}

/* All statuses, for a help. */
static void list_statuses(const struct pm_importer *im, struct pm_str *out)
{
    const struct pm_style *style = im->options->style;
    for (size_t i = 0; i < style->status_count; i++)
        pm_str_addf(out, "%s%s", i ? ", " : "", style->statuses[i].id);
}

static void report_strange(struct pm_importer *im)
{
    struct pm_str list = {0};
    list_statuses(im, &list);
    for (size_t i = 0; i < im->strange.n; i++) {
        const struct pm_strange_word *s = &im->strange.v[i];
        pm_error(im->diags, PM_FAULT_DATA, "unknown-status", pm_cell_place(&im->sheet, &s->at),
                 "row %u, column \"%s\": no status is called \"%s\" (%zu cell%s)", s->at.row,
                 pm_import_header(im, &s->at), s->word, s->count, s->count == 1 ? "" : "s");
        pm_help(im->diags, "say what it means: --map \"%s=STATUS\"; there are %s", s->word,
                pm_str_get(&list));
    }
    pm_str_finish(&list);
}

static void check_maps(struct pm_importer *im)
{
    struct pm_str list = {0};
    list_statuses(im, &list);
    for (size_t i = 0; i < im->options->map_count; i++) {
        const char *rule = im->options->map[i], *equals = strrchr(rule, '=');
        if (find_status(im, equals + 1))
            continue;
        pm_error(im->diags, PM_FAULT_USAGE, "unknown-status", (struct pm_place){0},
                 "--map \"%s\": no status is called \"%s\"", rule, equals + 1);
        pm_help(im->diags, "there are %s; a style may have more (-y)", pm_str_get(&list));
    }
    pm_str_finish(&list);
}

static void report_unused_maps(struct pm_importer *im)
{
    for (size_t i = 0; i < im->options->map_count; i++)
        if (!im->map_used[i]) {
            pm_warning(im->diags, "not-imported", (struct pm_place){0},
                       "--map \"%s\": no cell holds that word", im->options->map[i]);
            pm_help(im->diags, "capitals and signs count; is it the first of two for one word?");
        }
}

/* ---- days, choices, numbers --------------------------------------------------------- */

static pm_date read_date(struct pm_importer *im, const char *text, const struct pm_cell *at)
{
    const char *form = im->options->date_form ? im->options->date_form : PM_DATE_ISO;
    pm_date date = PM_NO_DATE;
    if (!text || pm_date_form_read(form, text, &date))
        return date;
    const char *forms = pm_date_forms_of(&im->arena, text);
    im->undated = true;
    bad_cell(im, "bad-date", at, pm_sprintf(&im->arena, "\"%s\" is no day written %s", text, form));
    if (forms)
        pm_help(im->diags, "if all are written so, say it: --date-format %s", forms);
    else
        pm_help(im->diags, "--date-format says how days are written, with %%Y, %%m and %%d");
    return PM_NO_DATE;
}

/* When not one cell of a column is written so, one message is enough. */
static void check_days(struct pm_importer *im, enum pm_import_column column)
{
    const char *form = im->options->date_form ? im->options->date_form : PM_DATE_ISO;
    struct pm_cell at = {0}, first = {0};
    size_t count = 0;
    for (size_t i = im->sheet.row_count; i-- > 1;) {
        const char *text = cell_text(im, &im->sheet.rows[i], im->columns[column], &at);
        pm_date date = PM_NO_DATE;
        if (text && pm_date_form_read(form, text, &date))
            return;
        count += text != NULL;
        first = text ? at : first;
    }
    if (count < 2)
        return;
    read_date(im, unhidden(im, first.text), &first);
    im->columns[column] = PM_NONE;
}

static const char *const confidences[] = {"high", "medium", "low", NULL};
static const char *const bases[] = {"assessed", "reported", "claimed", NULL};

static const char *read_choice(struct pm_importer *im, const char *const *names, const char *text,
                               const struct pm_cell *at)
{
    for (size_t i = 0; names[i]; i++)
        if (folds_alike(names[i], text))
            return names[i];
    bad_cell(im, "bad-value", at,
             pm_sprintf(&im->arena, "\"%s\" is none of %s, %s and %s", text, names[0], names[1],
                        names[2]));
    return NULL;
}

static const char *read_number(struct pm_importer *im, double most, const char *text,
                               const struct pm_cell *at)
{
    double value = 0;
    if (pm_parse_number(text, strlen(text), &value) && value >= -most && value <= most)
        return text;
    bad_cell(im, "bad-number", at, pm_sprintf(&im->arena, "\"%s\" is no number of degrees", text));
    return NULL;
}

static const char *read_text(struct pm_importer *im, size_t most, const char *text,
                             const struct pm_cell *at)
{
    if (strlen(text) <= most && strncmp(text, "x-", 2) != 0 && text[0] != '$')
        return text;
    if (strlen(text) > most)
        bad_cell(im, "too-long", at, pm_sprintf(&im->arena, "longer than %zu bytes", most));
    else
        bad_cell(im, "bad-value", at,
                 "what begins with \"x-\" or \"$\" can't stand in a status file");
    return NULL;
}

static const char *read_cell(struct pm_importer *im, enum pm_import_column column, const char *text,
                             const struct pm_cell *at)
{
    switch (column) {
    case PM_IMPORT_LEANING:
        return read_status(im, text, at);
    case PM_IMPORT_CONFIDENCE:
        return read_choice(im, confidences, text, at);
    case PM_IMPORT_BASIS:
        return read_choice(im, bases, text, at);
    case PM_IMPORT_LON:
        return read_number(im, 180, text, at);
    case PM_IMPORT_LAT:
        return read_number(im, 90, text, at);
    case PM_IMPORT_NOTE:
        return strlen(text) > PM_MOST_MAP_TEXT ? read_text(im, PM_MOST_MAP_TEXT, text, at) : text;
    default:
        return read_text(im, PM_MOST_NAME, one_line(im, text), at);
    }
}

/* ---- rows --------------------------------------------------------------------------- */

/* Rows that say nothing, and why. */
struct skipped {
    size_t blank, nameless, unsaid, empty_cells;
};

static const char *read_name(struct pm_importer *im, const struct pm_sheet_row *row, size_t col,
                             struct pm_cell *at)
{
    const char *text = cell_text(im, row, col, at);
    return text ? read_text(im, PM_MOST_NAME, one_line(im, text), at) : NULL;
}

/* In a table of provmap's a row without a key is one of which the status file said nothing. */
static void read_own_subject(struct pm_importer *im, const struct pm_sheet_row *row,
                             struct pm_entry *entry)
{
    const size_t named[] = {im->columns[PM_IMPORT_AREA], im->code, im->name};
    struct pm_cell at = {0};
    const char *kind = cell_text(im, row, im->kind, &at);
    entry->place = kind && pm_streq(kind, "place");
    for (size_t i = 0; i < 3 && !entry->key; i++)
        entry->key = read_name(im, row, named[i], &entry->at);
    if (entry->place)
        entry->in = read_name(im, row, im->parent, &entry->in_at);
}

static void read_subject(struct pm_importer *im, const struct pm_sheet_row *row,
                         struct pm_entry *entry)
{
    if (im->own) {
        read_own_subject(im, row, entry);
        return;
    }
    entry->key = read_name(im, row, im->columns[PM_IMPORT_PLACE], &entry->at);
    entry->place = entry->key != NULL;
    if (entry->place)
        entry->in = read_name(im, row, im->columns[PM_IMPORT_AREA], &entry->in_at);
    else
        entry->key = read_name(im, row, im->columns[PM_IMPORT_AREA], &entry->at);
}

/* All but the status and its day. */
static void read_rest(struct pm_importer *im, const struct pm_sheet_row *row,
                      struct pm_entry *entry)
{
    struct pm_cell at = {0};
    for (enum pm_import_column i = PM_IMPORT_LEANING; i < PM_IMPORT_COLUMNS; i++) {
        const char *text = cell_text(im, row, im->columns[i], &at);
        bool position = i == PM_IMPORT_LON || i == PM_IMPORT_LAT;
        if (!text || (position && !entry->place))
            continue;
        if (i == PM_IMPORT_VERIFIED) {
            entry->verified_at = at;
            entry->verified = read_date(im, text, &at);
        } else {
            entry->cells[i] = read_cell(im, i, text, &at);
        }
    }
}

static void add_days(struct pm_importer *im, const struct pm_sheet_row *row, struct pm_entry *entry,
                     struct skipped *skipped)
{
    for (size_t col = 0; col < row->count; col++) {
        if (im->days[col] == PM_NO_DATE)
            continue;
        const char *text = cell_text(im, row, col, &entry->said_at);
        entry->from = im->days[col];
        entry->cells[PM_IMPORT_STATUS] = read_status(im, text, &entry->said_at);
        if (entry->cells[PM_IMPORT_STATUS])
            pm_vec_push(&im->entries, *entry);
        skipped->empty_cells += text == NULL && !entry->cells[PM_IMPORT_STATUS];
    }
}

static bool is_unsaid(struct pm_importer *im, const struct pm_sheet_row *row, const char *status)
{
    struct pm_cell at = {0};
    return im->own && pm_streq(status, "unknown") &&
           !cell_text(im, row, im->columns[PM_IMPORT_AREA], &at);
}

static void add_row(struct pm_importer *im, const struct pm_sheet_row *row, struct pm_entry *entry,
                    struct skipped *skipped)
{
    struct pm_cell at = {0};
    const char *text = cell_text(im, row, im->columns[PM_IMPORT_STATUS], &entry->said_at);
    const char *day = cell_text(im, row, im->columns[PM_IMPORT_DATE], &at);
    if (is_unsaid(im, row, text)) {
        skipped->unsaid++;
        return;
    }
    entry->from = read_date(im, day, &at);
    entry->cells[PM_IMPORT_STATUS] = read_status(im, text, &entry->said_at);
    if (!day && !im->own && im->columns[PM_IMPORT_DATE] != PM_NONE) {
        im->undated = true;
        bad_cell(im, "bad-date", &at, "there is no day");
        pm_help(im->diags, "give the day from which the row holds");
    }
    if (entry->cells[PM_IMPORT_STATUS]) {
        pm_vec_push(&im->entries, *entry);
    } else if (!text) {
        pm_warning(im->diags, "not-imported", pm_cell_place(&im->sheet, &entry->said_at),
                   "row %u: \"%s\" has no status; left out", entry->said_at.row, entry->key);
        pm_help(im->diags, "--map \"=unknown\" says what an empty cell means");
    }
}

static bool is_blank(const struct pm_sheet_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].text[0])
            return false;
    return true;
}

static void import_row(struct pm_importer *im, const struct pm_sheet_row *row,
                       struct skipped *skipped)
{
    struct pm_entry entry = {.from = PM_NO_DATE, .verified = PM_NO_DATE};
    if (is_blank(row)) {
        skipped->blank++;
        return;
    }
    entry.at = row->cells[0];
    size_t errors = pm_diags_errors(im->diags);
    read_subject(im, row, &entry);
    if (!entry.key) {
        if (pm_diags_errors(im->diags) == errors) {
            pm_error(im->diags, PM_FAULT_DATA, "no-name", pm_cell_place(&im->sheet, &entry.at),
                     "row %u names no area", entry.at.row);
            pm_help(im->diags, "fill its cell, or take the row away");
        }
        return;
    }
    read_rest(im, row, &entry);
    if (im->options->wide)
        add_days(im, row, &entry, skipped);
    else
        add_row(im, row, &entry, skipped);
}

static void tell(struct pm_importer *im, size_t count, const char *one, const char *several)
{
    if (count)
        pm_note(im->diags, "not-imported", pm_place_file(im->sheet.source->name), "%zu %s", count,
                count == 1 ? one : several);
}

void pm_import_rows(struct pm_importer *im)
{
    struct skipped skipped = {0};
    im->map_used = PM_NEW_N(&im->arena, bool, im->options->map_count);
    check_maps(im);
    check_days(im, PM_IMPORT_DATE);
    check_days(im, PM_IMPORT_VERIFIED);
    for (size_t i = 1; i < im->sheet.row_count; i++)
        import_row(im, &im->sheet.rows[i], &skipped);
    report_strange(im);
    report_unused_maps(im);
    tell(im, skipped.blank, "blank row left out", "blank rows left out");
    tell(im, skipped.unsaid, "row left out of which the map knew nothing",
         "rows left out of which the map knew nothing");
    tell(im, skipped.empty_cells, "empty cell makes no entry: what was before goes on",
         "empty cells make no entries: what was before goes on");
}
