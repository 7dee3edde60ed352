/* The man page of an input format, made from its JSON Schema: what a key is called, what it may be, what it means.
 *
 * A schema is a tree with shared parts. In the page, keys of objects that stand where they are used are told there, by
 * dotted names; parts with a title are told once, objects under OBJECTS and the rest under VALUES, and elsewhere only
 * their titles appear. A key that was told before is not told again. */
#include <jansson.h>

#include "base/roff.h"
#include "base/vec.h"
#include "provmap.h"
#include "base/banned.h"

enum { INDENT = 2, WIDTH = 72 }; /* of examples */

struct part {
    json_t *schema;
};
typedef PM_VEC(struct part) parts;

struct page {
    struct pm_str out;
    json_t *root;
    parts objects, values; /* with a title, in the order in which they were met */
    parts told;            /* shared parts that keys referred to */
};

/* ---- the schema -------------------------------------------------------------------------------------------- */

static const char *word(const json_t *part, const char *key)
{
    return json_string_value(json_object_get(part, key));
}

static bool has(const parts *list, const json_t *part)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].schema == part)
            return true;
    return false;
}

/* "#/$defs/area_record/properties/from" */
static json_t *refer(json_t *root, const char *pointer)
{
    json_t *part = root;
    for (const char *step = pointer + 1; *step;) {
        size_t length = strcspn(step + 1, "/");
        part = json_object_getn(part, step + 1, length);
        step += 1 + length;
    }
    return part;
}

/* To the shared part that this one is, or that or null; NULL: it is none. */
static const char *pointer_of(const json_t *part)
{
    const json_t *choice = json_object_get(part, "anyOf"), *second = json_array_get(choice, 1);
    const char *type = word(second, "type");
    return type && strcmp(type, "null") == 0 ? word(json_array_get(choice, 0), "$ref")
                                             : word(part, "$ref");
}

/* The shared part that this one refers to, or itself. */
static json_t *target(const struct page *page, json_t *part)
{
    const char *pointer = pointer_of(part);
    return pointer ? refer(page->root, pointer) : part;
}

/* What the part says of itself, or what it refers to does; with `here` not what is told elsewhere, under a title. */
static const json_t *said(const struct page *page, json_t *part, const char *key, bool here)
{
    const json_t *value = json_object_get(part, key);
    if (value || !word(part, "$ref"))
        return value;
    json_t *next = target(page, part);
    return here && word(next, "title") ? NULL : said(page, next, key, here);
}

/* ---- what it may be ---------------------------------------------------------------------------------------- */

static void add_json(struct pm_str *out, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(10));
    pm_str_add(out, text);
    free(text);
}

static const char *between(size_t i, size_t count)
{
    return i == 0 ? "" : i + 1 < count ? ", " : " or ";
}

static void add_type(struct page *page, struct pm_str *out, json_t *part);

static void add_choices(struct pm_str *out, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        pm_str_add(out, between(i, json_array_size(list)));
        add_json(out, json_array_get(list, i));
    }
}

static void add_types(struct page *page, struct pm_str *out, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        pm_str_add(out, between(i, json_array_size(list)));
        add_type(page, out, json_array_get(list, i));
    }
}

static void add_number(struct pm_str *out, const json_t *part, const char *kind)
{
    const json_t *least = json_object_get(part, "minimum"),
                 *most = json_object_get(part, "maximum");
    pm_str_add(out, kind);
    if (least) {
        pm_str_add(out, most ? ", " : ", at least ");
        add_json(out, least);
    }
    if (most) {
        pm_str_add(out, least ? " to " : ", at most ");
        add_json(out, most);
    }
}

/* Members with names of their own: {"Helmand": "contested"}, {"fa": "…"}. */
static void add_members(struct page *page, struct pm_str *out, const json_t *part)
{
    json_t *each = json_object_get(part, "additionalProperties"), *named = NULL;
    const char *pattern = NULL;
    json_object_foreach (json_object_get(part, "patternProperties"), pattern, named)
        each = json_is_object(named) ? named : each;
    pm_str_add(out, "object");
    if (json_is_object(each)) {
        pm_str_add(out, ", each value: ");
        add_type(page, out, each);
    }
}

/* Whatever its title is. */
static void add_kind(struct page *page, struct pm_str *out, json_t *part)
{
    const char *type = word(part, "type");
    if (json_object_get(part, "const"))
        add_json(out, json_object_get(part, "const"));
    else if (json_object_get(part, "enum"))
        add_choices(out, json_object_get(part, "enum"));
    else if (word(part, "$ref"))
        add_type(page, out, target(page, part));
    else if (!type && json_object_get(part, "anyOf"))
        add_types(page, out, json_object_get(part, "anyOf"));
    else if (!type)
        pm_str_add(out, "anything");
    else if (strcmp(type, "object") == 0)
        add_members(page, out, part);
    else if (strcmp(type, "boolean") == 0)
        pm_str_add(out, "true or false");
    else if (strcmp(type, "array") == 0) {
        pm_str_add(out, "list of ");
        add_type(page, out, json_object_get(part, "items"));
    } else
        add_number(out, part, strcmp(type, "integer") == 0 ? "whole number" : type);
}

/* A part with a title is to be told later, and what it is made of. */
static void remember(struct page *page, json_t *part)
{
    struct pm_str kind = {0};
    if (json_object_get(part, "properties")) {
        if (!has(&page->objects, part))
            pm_vec_push(&page->objects, (struct part){part});
    } else if (!has(&page->values, part)) {
        pm_vec_push(&page->values, (struct part){part});
        add_kind(page, &kind, part);
    }
    pm_str_finish(&kind);
}

static void add_type(struct page *page, struct pm_str *out, json_t *part)
{
    if (!word(part, "title")) {
        add_kind(page, out, part);
        return;
    }
    remember(page, part);
    pm_str_add(out, word(part, "title"));
}

/* ---- keys -------------------------------------------------------------------------------------------------- */

/* In English, where there is a text for each language. */
static const json_t *plain(const json_t *value)
{
    const json_t *english = json_object_get(value, "en");
    return english && json_object_size(value) == 1 ? english : value;
}

static void add_said(struct page *page, const char *before, const json_t *value, const char *behind)
{
    struct pm_str text = {0};
    pm_str_add(&text, before);
    add_json(&text, value);
    pm_str_add(&text, behind);
    pm_roff_add(&page->out, pm_str_get(&text));
    pm_str_finish(&text);
}

static void add_meaning(struct page *page, json_t *part)
{
    const char *meaning = json_string_value(said(page, part, "description", false));
    const json_t *usual = plain(said(page, part, "default", true)),
                 *examples = said(page, part, "examples", true);
    if (meaning && *meaning) {
        pm_roff_add(&page->out, meaning);
        pm_str_add(&page->out, strchr(".!?", meaning[strlen(meaning) - 1]) ? "\n" : ".\n");
    }
    if (usual)
        add_said(page, "Default: ", usual, ".\n");
    pm_str_add(&page->out, json_array_size(examples) ? ".br\n" : "");
    for (size_t i = 0; i < json_array_size(examples); i++)
        add_said(page, i ? "or " : "Example: ", json_array_get(examples, i), "\n");
}

static void begin_entry(struct page *page, const char *prefix, const char *key, const char *type)
{
    struct pm_str *out = &page->out;
    pm_str_add(out, ".TP\n.BR \"");
    pm_roff_add(out, prefix);
    pm_roff_add(out, key);
    pm_str_add(out, "\" \" (");
    pm_roff_add(out, type);
    pm_str_add(out, ")\"\n");
}

static bool is_required(const json_t *object, const char *key)
{
    const json_t *list = json_object_get(object, "required");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(json_string_value(json_array_get(list, i)), key) == 0)
            return true;
    return false;
}

static void add_keys(struct page *page, json_t *object, const char *prefix);

static void add_key(struct page *page, json_t *object, const char *prefix, const char *key)
{
    json_t *part = json_object_get(json_object_get(object, "properties"), key);
    bool own_keys = !word(part, "$ref") && json_object_get(part, "properties");
    struct pm_str text = {0};
    if (own_keys)
        pm_str_add(&text, "object");
    else
        add_type(page, &text, part);
    pm_str_add(&text, is_required(object, key) ? "; required" : "");
    begin_entry(page, prefix, key, pm_str_get(&text));
    add_meaning(page, part);
    if (own_keys) {
        text.n = 0;
        pm_str_addf(&text, "%s%s.", prefix, key);
        add_keys(page, part, pm_str_get(&text));
    }
    pm_str_finish(&text);
}

/* A key that only refers to what was told of a key elsewhere. */
static bool is_told(const struct page *page, json_t *part)
{
    return json_object_size(part) == 1 && pointer_of(part) && !word(target(page, part), "title") &&
           has(&page->told, target(page, part));
}

static void add_keys(struct page *page, json_t *object, const char *prefix)
{
    struct pm_str again = {0};
    const char *key = NULL;
    json_t *part = NULL;
    json_object_foreach (json_object_get(object, "properties"), key, part) {
        if (is_told(page, part)) {
            pm_str_addf(&again, "%s%s%s", again.n ? ", " : "", prefix, key);
            continue;
        }
        if (word(part, "$ref"))
            pm_vec_push(&page->told, (struct part){target(page, part)});
        pm_vec_push(&page->told, (struct part){part}); /* others may refer to a key */
        add_key(page, object, prefix, key);
    }
    if (again.n) {
        pm_str_add(&page->out, ".TP\n.B \"");
        pm_roff_add(&page->out, pm_str_get(&again));
        pm_str_add(&page->out, "\"\nAs above.\n");
    }
    pm_str_finish(&again);
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

/* "Who holds which area or place. More." -> "who holds which area or place" */
static void add_summary(struct page *page)
{
    const char *text = word(page->root, "description");
    struct pm_str line = {0};
    pm_str_addn(&line, text, (size_t)(strchr(text, '.') - text));
    line.s[0] = (char)(line.s[0] | 0x20);
    pm_roff_add(&page->out, line.s);
    pm_str_finish(&line);
}

static void add_objects(struct page *page)
{
    for (size_t i = 0; i < page->objects.n; i++) { /* grows meanwhile */
        json_t *part = page->objects.v[i].schema;
        pm_str_addf(&page->out, "%s.SS \"", i ? "" : ".SH OBJECTS\n");
        pm_roff_add(&page->out, word(part, "title"));
        pm_str_add(&page->out, "\"\n");
        add_meaning(page, part);
        add_keys(page, part, "");
    }
}

static void add_values(struct page *page)
{
    struct pm_str type = {0};
    for (size_t i = 0; i < page->values.n; i++) {
        json_t *part = page->values.v[i].schema;
        type.n = 0;
        add_kind(page, &type, part);
        pm_str_add(&page->out, i ? "" : ".SH VALUES\n");
        begin_entry(page, "", word(part, "title"), pm_str_get(&type));
        add_meaning(page, part);
    }
    pm_str_finish(&type);
}

static void add_pretty(struct pm_str *out, const json_t *value, int depth);

static void add_member(struct pm_str *out, const char *before, const char *key, const json_t *value,
                       int depth)
{
    pm_str_addf(out, "%s\n%*s", before, INDENT * depth, "");
    if (key)
        pm_str_addf(out, "\"%s\": ", key);
    add_pretty(out, value, depth);
}

/* What has room in a line stands in one. */
static void add_pretty(struct pm_str *out, const json_t *value, int depth)
{
    struct pm_str line = {0};
    const char *last = strrchr(pm_str_get(out), '\n'), *key = NULL;
    size_t column = out->n - (last ? (size_t)(last + 1 - out->s) : 0), count = 0;
    json_t *member = NULL;
    add_json(&line, value);
    bool fits = depth > 0 && column + line.n < WIDTH;
    if (fits || !(json_is_object(value) || json_is_array(value)))
        pm_str_add(out, line.s);
    else if (json_is_object(value)) {
        json_object_foreach ((json_t *)value, key, member)
            add_member(out, count++ ? "," : "{", key, member, depth + 1);
        pm_str_addf(out, "\n%*s}", INDENT * depth, "");
    } else {
        for (; count < json_array_size(value); count++)
            add_member(out, count ? "," : "[", NULL, json_array_get(value, count), depth + 1);
        pm_str_addf(out, "\n%*s]", INDENT * depth, "");
    }
    pm_str_finish(&line);
}

static void add_example(struct page *page)
{
    struct pm_str text = {0};
    add_pretty(&text, json_array_get(json_object_get(page->root, "examples"), 0), 0);
    pm_str_add(&page->out, ".SH EXAMPLES\n.nf\n");
    pm_roff_add(&page->out, pm_str_get(&text));
    pm_str_add(&page->out, "\n.fi\n");
    pm_str_finish(&text);
}

static void add_others(struct page *page, const char *name)
{
    pm_str_add(&page->out, ".SH \"SEE ALSO\"\n.BR provmap (1)");
    for (const char *const *other = pm_schema_names(); *other; other++)
        if (strcmp(*other, name) != 0)
            pm_str_addf(&page->out, ",\n.BR provmap\\-%s (5)", *other);
    pm_str_add(&page->out, "\n.PP\nThe same for editors:\n.B provmap schema ");
    pm_str_addf(&page->out, "%s\n", name);
}

bool pm_schema_manual(const char *name, char **data, size_t *size)
{
    const char *schema = pm_schema(name);
    if (!schema)
        return false;
    struct page page = {.root = json_loads(schema, 0, NULL)};
    pm_str_addf(&page.out, ".SH NAME\nprovmap\\-%s \\- ", name);
    add_summary(&page);
    pm_str_add(&page.out, "\n.SH DESCRIPTION\n");
    pm_roff_add(&page.out, word(page.root, "description"));
    pm_str_add(&page.out, "\n.SH KEYS\n");
    add_keys(&page, page.root, "");
    add_objects(&page);
    add_values(&page);
    add_example(&page);
    add_others(&page, name);
    json_decref(page.root);
    pm_vec_finish(&page.objects);
    pm_vec_finish(&page.values);
    pm_vec_finish(&page.told);
    *data = page.out.s;
    *size = page.out.n;
    return true;
}
