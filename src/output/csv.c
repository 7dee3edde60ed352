/* The table as CSV. */
#include "layout/table.h"
#include "output/output.h"
#include "base/banned.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* Would a spreadsheet run it? The wide forms are those of U+FF00 on, which some take for the others. */
static bool is_formula(const char *s)
{
    static const char *const begins[] = {"=",  "+",      "-",      "@",      "\t",    "\r",
                                         "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(s, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* Always quoted, so that no reader has to guess; of the controls only what breaks a line is left. */
static void add_text(struct pm_str *out, const char *s)
{
    pm_str_addc(out, '"');
    if (is_formula(s))
        pm_str_addc(out, '\'');
    for (; *s; s++) {
        if (*s == '"')
            pm_str_add(out, "\"\"");
        else if ((unsigned char)*s >= 0x20 || *s == '\n' || *s == '\t')
            pm_str_addc(out, *s);
    }
    pm_str_addc(out, '"');
}

static void add_row(struct pm_str *out, const struct pm_row *row)
{
    for (int i = 0; i < PM_FIELDS; i++) {
        const char *cell = row->cells[i];
        pm_str_add(out, i ? "," : "");
        if (!cell)
            continue;
        if (pm_fields[i].type == PM_FIELD_TEXT)
            add_text(out, cell);
        else
            pm_str_add(out, cell);
    }
    pm_str_add(out, "\r\n");
}

void pm_write_csv(const struct pm_draft *draft, struct pm_str *out)
{
    struct pm_table table = pm_table_make(draft);
    pm_str_add(out, BYTE_ORDER_MARK);
    for (int i = 0; i < PM_FIELDS; i++)
        pm_str_addf(out, "%s%s", i ? "," : "", pm_fields[i].name);
    pm_str_add(out, "\r\n");
    for (size_t i = 0; i < table.count; i++)
        add_row(out, &table.rows[i]);
}
