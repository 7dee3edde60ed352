#include "layout/type.h"

#include <math.h>
#include <string.h>

#include "base/str.h"
#include "base/banned.h"

/* px at a density of 1: smaller names can't be told apart, and smaller texts can't be read, however small the
 * page. */
#define LEAST_NAME 7.0
#define LEAST_TEXT 8.0
#define LEADING 1.34
#define LEAST_HALO 2.0

static const struct pm_type *type_of(const struct pm_draft *draft, enum pm_type_role role)
{
    return &draft->style->type[role];
}

static double least_size(const struct pm_draft *draft, enum pm_type_role role)
{
    bool on_map = (role >= PM_TYPE_PARENT && role <= PM_TYPE_ROAD) || role == PM_TYPE_EVENT;
    return (on_map ? LEAST_NAME : LEAST_TEXT) * draft->density;
}

struct pm_font pm_type_font(const struct pm_draft *draft, enum pm_type_role role)
{
    const struct pm_type *type = type_of(draft, role);
    double size = role == PM_TYPE_TITLE && draft->page.title_size > 0 ? draft->page.title_size
                                                                      : pm_px(draft, type->size);
    return (struct pm_font){
        .family = draft->family,
        .size = fmax(round(size), least_size(draft, role)),
        .weight = type->weight,
        .italic = type->italic,
        .spacing = pm_px(draft, type->spacing),
    };
}

static const char *capitals(const struct pm_draft *draft, const char *s)
{
    struct pm_str out = {0};
    pm_upper(s, &out);
    const char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

static void check_glyphs(const struct pm_draft *draft, const struct pm_run *run,
                         const struct pm_extent *extent)
{
    if (!extent->missing)
        return;
    size_t count = pm_diags_count(draft->diags);
    const struct pm_diag *last = count ? pm_diags_get(draft->diags, count - 1) : NULL;
    if (last && (pm_streq(last->id, "missing-glyph") || pm_streq(last->id, "font-missing")))
        return; /* one is enough: a text is measured more than once */
    if (!pm_fonts_check(draft->fonts, run->s, draft->diags))
        return;
    pm_error(draft->diags, PM_FAULT_DATA, "missing-glyph", (struct pm_place){0},
             "no font has a glyph for U+%04X in \"%s\"", (unsigned)extent->missing_char, run->s);
    pm_help(draft->diags, "name a family that has it in the style's font.family (now \"%s\")",
            run->font.family);
}

struct pm_run pm_type_run(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                          const char *lang)
{
    const struct pm_type *type = type_of(draft, role);
    struct pm_run run = {
        .s = type->upper ? capitals(draft, s) : s,
        .lang = lang && *lang ? lang : draft->lang,
        .font = pm_type_font(draft, role),
        .color = type->color,
    };
    /* letters of Arabic script are joined: space between them would tear words apart */
    if (pm_scripts_in(run.s) & 1U << PM_SCRIPT_ARABIC)
        run.font.spacing = 0;
    struct pm_extent extent = pm_text_measure(draft->fonts, &run.font, run.s, run.lang);
    check_glyphs(draft, &run, &extent);
    run.width = extent.width;
    return run;
}

struct pm_run pm_type_label(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                            const char *lang)
{
    struct pm_run run = pm_type_run(draft, role, s, lang);
    run.halo = draft->style->color.halo;
    run.halo_width =
        fmax(LEAST_HALO * fmin(1, draft->page.scale), draft->style->label.halo * run.font.size);
    return run;
}

const char *pm_type_led(const struct pm_draft *draft, const char *s)
{
    if (pm_text_rtl(s) == draft->rtl)
        return s;
    return pm_sprintf(draft->arena, "%s%s", draft->rtl ? "\u200F" : "\u200E", s);
}

const char *pm_type_within(const struct pm_draft *draft, bool rtl, const char *s)
{
    struct pm_str out = {0};
    if (pm_text_rtl(s) == rtl)
        return s;
    pm_str_add_char(&out, rtl ? PM_ISOLATE_LTR : PM_ISOLATE_RTL);
    pm_str_add(&out, s);
    pm_str_add_char(&out, PM_ISOLATE_END);
    const char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}

const char *pm_more_room(const struct pm_draft *draft)
{
    static const char larger[] = "draw a larger page (--size)",
                      smaller[] = "set texts smaller (\"page\": {\"scale\": 0.8} in the style) or "
                                  "give the page another form (--size)";
    double size = pm_px(draft, draft->style->type[PM_TYPE_NOTE].size);
    return size < LEAST_TEXT * draft->density ? larger : smaller;
}

double pm_type_leading(const struct pm_draft *draft, enum pm_type_role role)
{
    return round(pm_type_font(draft, role).size * LEADING);
}

double pm_type_ascent(const struct pm_draft *draft, enum pm_type_role role)
{
    return round(pm_type_font(draft, role).size * 1.02);
}

#define APART 0.08 /* em between the letters of two lines, at least */

/* Lines as far from each other as their letters need: those of some scripts are twice as high as others. */
static void space_out(const struct pm_draft *draft, struct pm_block *block)
{
    struct pm_font font = pm_type_font(draft, block->role);
    double up = 0, down = 0, apart = APART * font.size;
    for (size_t i = 0; i < block->count; i++) {
        struct pm_extent e = pm_text_measure(draft->fonts, &font, block->lines[i], draft->lang);
        up = fmax(up, -e.ink.y0);
        down = fmax(down, e.ink.y1);
    }
    block->leading = fmax(pm_type_leading(draft, block->role), ceil(up + down + apart));
    block->ascent =
        fmax(up, fmin(pm_type_ascent(draft, block->role), floor(block->leading - down)));
}

struct pm_block pm_block_make(const struct pm_draft *draft, enum pm_type_role role, const char *s,
                              double width)
{
    struct pm_block block = {.role = role, .width = width};
    struct pm_font font = pm_type_font(draft, role);
    const char *set = type_of(draft, role)->upper ? capitals(draft, s) : s;
    block.count =
        pm_text_wrap(draft->fonts, &font, set, draft->lang, width, draft->arena, &block.lines);
    space_out(draft, &block);
    block.height = (double)block.count * block.leading;
    return block;
}

static const char *ended(const struct pm_draft *draft, const struct pm_block *block,
                         const char *line)
{
    size_t length = strlen(line);
    const char *cut = line;
    do {
        cut = pm_sprintf(draft->arena, "%.*s\u2026", (int)length, line);
        while (length > 0 && ((unsigned char)line[--length] & 0xC0) == 0x80)
            ;
    } while (length > 0 && pm_type_run(draft, block->role, cut, NULL).width > block->width);
    return cut;
}

bool pm_block_cut(const struct pm_draft *draft, struct pm_block *block, double height)
{
    size_t most = (size_t)fmax(0, floor(height / block->leading + 1e-6));
    if (block->count <= most)
        return false;
    block->count = most;
    block->height = (double)most * block->leading;
    if (most)
        block->lines[most - 1] = ended(draft, block, block->lines[most - 1]);
    return true;
}

void pm_draw_run(struct pm_scene *scene, struct pm_run run, double x, double y,
                 enum pm_anchor anchor)
{
    run.at = (struct pm_pt){x, y};
    run.anchor = anchor;
    pm_scene_text(scene, NULL, run);
}

void pm_draw_run_at(const struct pm_draft *draft, struct pm_scene *scene, struct pm_run run,
                    double x0, double x1, double y, enum pm_line_end side)
{
    bool left = (side == PM_AT_START) != draft->rtl;
    pm_draw_run(scene, run, left ? x0 : x1, y, left ? PM_ANCHOR_LEFT : PM_ANCHOR_RIGHT);
}

double pm_block_draw(const struct pm_draft *draft, struct pm_scene *scene,
                     const struct pm_block *block, double x, double y)
{
    static const struct {
        enum pm_part part;
        const char *classes;
    } parts[PM_TYPE_ROLES] = {
        [PM_TYPE_TITLE] = {PM_PART_TITLE, "title"},
        [PM_TYPE_SUBTITLE] = {PM_PART_PARAGRAPH, "subtitle"},
        [PM_TYPE_HEADING] = {PM_PART_HEADING, "heading"},
        [PM_TYPE_NOTE] = {PM_PART_PARAGRAPH, "note"},
        [PM_TYPE_DISCLAIMER] = {PM_PART_PARAGRAPH, "disclaimer"},
        [PM_TYPE_FOOTER] = {PM_PART_PARAGRAPH, "credit"},
        [PM_TYPE_CALLOUT_TITLE] = {PM_PART_PARAGRAPH, "callout-title"},
        [PM_TYPE_CALLOUT_HEAD] = {PM_PART_PARAGRAPH, "callout-head"},
        [PM_TYPE_CALLOUT] = {PM_PART_PARAGRAPH, "callout-text"},
    };
    const struct pm_ident ident = {.part = parts[block->role].part,
                                   .classes = parts[block->role].classes,
                                   .link = block->link};
    if (ident.part)
        pm_scene_begin(scene, &ident, (struct pm_box){0});
    for (size_t i = 0; i < block->count; i++) {
        struct pm_run run = pm_type_run(draft, block->role, block->lines[i], NULL);
        pm_draw_run_at(draft, scene, run, x, x + block->width, y + block->ascent, PM_AT_START);
        y += block->leading;
    }
    if (ident.part)
        pm_scene_end(scene);
    return y;
}

char *pm_capitalised(const struct pm_draft *draft, const char *s)
{
    struct pm_str out = {0};
    const char *rest = s;
    pm_utf8_next(&rest);
    pm_upper(pm_strndup(draft->arena, s, (size_t)(rest - s)), &out);
    pm_str_add(&out, rest);
    char *result = pm_strdup(draft->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return result;
}
