#include "output/listing.h"

#include "base/banned.h"

void pm_listing_text(struct pm_str *out, const char *text, bool markdown)
{
    if (!markdown) {
        pm_str_add_plain(out, text);
        return;
    }
    struct pm_str marked = {0};
    for (; *text; text++)
        pm_str_addf(&marked, strchr("\\`*_{}[]<>#|~&!$^@", *text) ? "\\%c" : "%c", *text);
    pm_str_add_plain(out, pm_str_get(&marked));
    pm_str_finish(&marked);
}

static const char *escaped(const struct pm_listing *listing, const char *text)
{
    struct pm_str out = {0};
    pm_listing_text(&out, text ? text : "", listing->markdown);
    const char *result = pm_strdup(listing->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

void pm_listing_row(struct pm_listing *listing, const char *const *cells)
{
    const char **row = PM_NEW_N(listing->arena, const char *, listing->columns);
    for (size_t i = 0; i < listing->columns; i++)
        row[i] = escaped(listing, cells[i]);
    pm_vec_push(&listing->rows, row);
}

/* 0: nothing is in it. */
static size_t width_of(const struct pm_listing *listing, size_t column)
{
    size_t width = 0;
    for (size_t i = 0; i < listing->rows.n; i++) {
        size_t own = pm_text_columns(listing->rows.v[i][column]);
        width = own > width ? own : width;
    }
    size_t head = listing->heads[column] ? pm_text_columns(listing->heads[column]) : 0;
    return width && head > width ? head : width;
}

static void pad(struct pm_str *out, size_t count)
{
    while (count--)
        pm_str_addc(out, ' ');
}

static void add_line(const struct pm_listing *listing, struct pm_str *out, const char *const *cells,
                     const size_t *widths)
{
    size_t waiting = 2; /* spaces that are written only if something follows */
    pm_str_add(out, listing->markdown ? "|" : "");
    for (size_t i = 0; i < listing->columns; i++) {
        const char *cell = cells[i] ? cells[i] : "";
        size_t rest = widths[i] - pm_text_columns(cell);
        if (widths[i] == 0)
            continue;
        if (listing->markdown) {
            pm_str_addf(out, " %s |", cell);
            continue;
        }
        if (*cell) {
            pad(out, waiting + (listing->right[i] ? rest : 0));
            pm_str_add(out, cell);
            waiting = listing->right[i] ? 0 : rest;
        } else {
            waiting += widths[i];
        }
        waiting += 2;
    }
    pm_str_addc(out, '\n');
}

static void add_rule(const struct pm_listing *listing, struct pm_str *out, const size_t *widths)
{
    pm_str_addc(out, '|');
    for (size_t i = 0; i < listing->columns; i++)
        if (widths[i])
            pm_str_add(out, listing->right[i] ? "---:|" : "---|");
    pm_str_addc(out, '\n');
}

void pm_listing_write(struct pm_listing *listing, struct pm_str *out)
{
    size_t widths[PM_LISTING_COLUMNS];
    bool headed = listing->markdown;
    for (size_t i = 0; i < listing->columns; i++) {
        widths[i] = width_of(listing, i);
        headed |= listing->heads[i] != NULL;
    }
    if (listing->rows.n && headed)
        add_line(listing, out, listing->heads, widths);
    if (listing->rows.n && listing->markdown)
        add_rule(listing, out, widths);
    for (size_t i = 0; i < listing->rows.n; i++)
        add_line(listing, out, listing->rows.v[i], widths);
    if (listing->rows.n)
        pm_str_addc(out, '\n');
    pm_vec_finish(&listing->rows);
}
