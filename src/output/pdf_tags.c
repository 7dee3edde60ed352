/* cairo marks only what lies in an innermost tag. So each thing that is drawn lies in one: in that of its part, or
 * in a NonStruct, which tells a reader nothing. */
#include "output/pdf_tags.h"

#include <cairo-pdf.h>
#include <math.h>

#include "base/banned.h"

#define LINK_TAG "Link"
#define ASIDE_TAG "NonStruct"

/* ISO 32000-1, 14.8.4. */
static const struct {
    const char *tags[2];
    bool leaf;
    bool outlined;
} parts[PM_PARTS] = {
    [PM_PART_TITLE] = {{"H1"}, .leaf = true, .outlined = true},
    [PM_PART_HEADING] = {{"H2"}, .leaf = true, .outlined = true},
    [PM_PART_PARAGRAPH] = {{"P"}, .leaf = true},
    [PM_PART_LIST] = {{"L"}},
    [PM_PART_ITEM] = {{"LI", "LBody"}, .leaf = true},
    [PM_PART_FIGURE] = {{"Figure"}, .leaf = true, .outlined = true},
};

/* ---- what a group says --------------------------------------------------------------------------- */

/* In one line, without what only steers how it is set. */
static void add_words(struct pm_str *out, const char *s)
{
    if (out->n)
        pm_str_addc(out, ' ');
    while (*s) {
        uint32_t c = pm_utf8_next(&s);
        if (!pm_is_control(c) && c != 0x200E && c != 0x200F)
            pm_str_add_char(out, c);
    }
}

static void add_texts(struct pm_str *out, const struct pm_node *begin)
{
    int depth = 1;
    for (const struct pm_node *node = begin + 1; depth > 0; node++) {
        depth += (node->kind == PM_NODE_BEGIN) - (node->kind == PM_NODE_END);
        if (node->kind == PM_NODE_TEXT)
            add_words(out, node->run.s);
    }
}

static const char *said(struct pm_pdf_tags *t, const struct pm_node *begin)
{
    struct pm_str out = {0};
    add_texts(&out, begin);
    const char *s = pm_strdup(&t->arena, pm_str_get(&out));
    pm_str_finish(&out);
    return s;
}

/* px from the page's top, of the group's first line, or of what it is clipped to. */
static double top_of(const struct pm_node *begin)
{
    int depth = 1;
    for (const struct pm_node *node = begin + 1; depth > 0; node++) {
        depth += (node->kind == PM_NODE_BEGIN) - (node->kind == PM_NODE_END);
        if (node->kind == PM_NODE_TEXT)
            return node->run.at.y - node->run.font.size;
        if (node->kind == PM_NODE_BEGIN && !pm_box_empty(node->clip))
            return node->clip.y0;
    }
    return 0;
}

/* ---- what cairo can't write -------------------------------------------------------------------- */

/* More keys for the next object that begins so: what stands before `text`, which is one, and after it. */
static void add_edit(struct pm_pdf_tags *t, const char *begins, const char *before,
                     const char *text, const char *after)
{
    struct pm_str keys = {0};
    pm_str_add(&keys, before);
    pm_pdf_text(&keys, text);
    pm_str_add(&keys, after);
    pm_vec_push(&t->edits, (struct pm_pdf_edit){begins, pm_strdup(&t->arena, keys.s)});
    pm_str_finish(&keys);
}

/* ---- links ------------------------------------------------------------------------------------- */

/* As cairo takes it. Its bytes stand in a PDF string as they are (cairo 1.16): what is no letter, digit or
 * mark of addresses is written by its number, as RFC 3986, section 2.1, has it. */
static const char *link_attributes(struct pm_pdf_tags *t, const char *link)
{
    static const char kept[] = "-._~:/?#[]@!$&*+,;=%";
    struct pm_str out = {0};
    pm_str_add(&out, "uri='");
    for (; *link; link++) {
        bool plain =
            (*link >= '0' && *link <= '9') || ((*link | 0x20) >= 'a' && (*link | 0x20) <= 'z');
        pm_str_addf(&out, plain || strchr(kept, *link) ? "%c" : "%%%02X", (unsigned char)*link);
    }
    pm_str_add(&out, "'");
    const char *s = pm_strdup(&t->arena, out.s);
    pm_str_finish(&out);
    return s;
}

/* ---- the outline --------------------------------------------------------------------------------- */

static void add_to_outline(struct pm_pdf_tags *t, const struct pm_node *node)
{
    const char *name = node->ident.label ? node->ident.label : said(t, node);
    const char *to =
        pm_sprintf(&t->arena, "page=1 pos=[0 %ld]", lround(fmax(0, top_of(node) * t->scale)));
    if (!*name)
        return;
    int id = cairo_pdf_surface_add_outline(cairo_get_target(t->cr), t->title, name, to,
                                           CAIRO_PDF_OUTLINE_FLAG_OPEN);
    if (node->ident.part == PM_PART_TITLE)
        t->title = id;
}

/* ---- tags -------------------------------------------------------------------------------------- */

static void end_aside(struct pm_pdf_tags *t)
{
    if (t->aside)
        cairo_tag_end(t->cr, ASIDE_TAG);
    t->aside = false;
}

static void open_tag(struct pm_pdf_tags *t, struct pm_pdf_open *open, const char *tag,
                     const char *attributes)
{
    cairo_tag_begin(t->cr, tag, attributes);
    open->tags[open->count++] = tag;
}

static void begin_part(struct pm_pdf_tags *t, const struct pm_node *node, struct pm_pdf_open *open)
{
    const struct pm_ident *ident = &node->ident;
    end_aside(t);
    for (size_t i = 0; i < 2 && parts[ident->part].tags[i]; i++)
        open_tag(t, open, parts[ident->part].tags[i], NULL);
    if (ident->link) {
        open_tag(t, open, LINK_TAG, link_attributes(t, ident->link));
        add_edit(t, "<< /Type /Annot\n   /Subtype /Link\n", "/Contents ", said(t, node), " /F 4");
    }
    if (parts[ident->part].outlined)
        add_to_outline(t, node);
    if (ident->part == PM_PART_FIGURE)
        t->in_figure = true;
    t->leaf = open->leaf = parts[ident->part].leaf;
}

static void begin_group(struct pm_pdf_tags *t, const struct pm_node *node)
{
    struct pm_pdf_open open = {0};
    if (!t->leaf && node->ident.part)
        begin_part(t, node, &open);
    pm_vec_push(&t->open, open);
}

static void end_figure(struct pm_pdf_tags *t)
{
    struct pm_str alt = {0};
    if (t->scene->description)
        add_words(&alt, t->scene->description);
    add_edit(t, "<< /Type /StructElem\n   /S /Figure\n", "/Alt ", pm_str_get(&alt), "");
    pm_str_finish(&alt);
    t->in_figure = false;
}

static void end_group(struct pm_pdf_tags *t)
{
    struct pm_pdf_open open = t->open.v[--t->open.n];
    if (open.count)
        end_aside(t);
    for (size_t i = open.count; i > 0; i--)
        cairo_tag_end(t->cr, open.tags[i - 1]);
    if (open.leaf)
        t->leaf = false;
    if (open.leaf && t->in_figure)
        end_figure(t);
}

static void begin_aside(struct pm_pdf_tags *t)
{
    if (t->leaf || t->aside)
        return;
    cairo_tag_begin(t->cr, ASIDE_TAG, NULL);
    t->aside = true;
}

void pm_pdf_tags_before(struct pm_pdf_tags *tags, const struct pm_node *node)
{
    if (node->kind == PM_NODE_BEGIN)
        begin_group(tags, node);
    else if (node->kind != PM_NODE_END)
        begin_aside(tags);
}

void pm_pdf_tags_after(struct pm_pdf_tags *tags, const struct pm_node *node)
{
    if (node->kind == PM_NODE_END)
        end_group(tags);
}

void pm_pdf_tags_begin(struct pm_pdf_tags *tags)
{
    add_edit(tags, "<< /Type /Catalog\n",
             "/Version /1.5 /ViewerPreferences << /DisplayDocTitle true >> /Lang ",
             tags->scene->lang, "");
    cairo_tag_begin(tags->cr, "Document", NULL);
    begin_aside(tags);
}

void pm_pdf_tags_end(struct pm_pdf_tags *tags)
{
    end_aside(tags);
    cairo_tag_end(tags->cr, "Document");
}

void pm_pdf_tags_finish(struct pm_pdf_tags *tags)
{
    pm_vec_finish(&tags->open);
    pm_vec_finish(&tags->edits);
    pm_arena_finish(&tags->arena);
}
