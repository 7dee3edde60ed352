/* Reading JSON with places: every value knows where it stands in the text, and line:col is found
 * when a message needs it. All JSON files of provmap are read through this; jansson is used nowhere
 * else. */
#ifndef PM_INPUT_JSON_H
#define PM_INPUT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/positions.h"
#include "model/date.h"
#include "model/status.h"
#include "model/text.h"

/* A parsed file and where its readers put what they find. */
struct pm_json {
    struct pm_arena *arena; /* receives strings and pointers */
    struct pm_source *source;
    struct pm_diags *diags;
    json_t *root; /* NULL if it did not parse; pm_json_finish frees it */
    struct pm_positions *positions;
    void *owner;                        /* what a reader fills, for its own use; may be NULL */
    uint32_t pre_shaped, pre_shaped_at; /* the first text with shapes of letters, for a warning */
};

/* A value on its way down from the root: lives on the reader's stack. */
struct pm_jval {
    struct pm_json *json;
    const char *key; /* in an object */
    size_t index;    /* in an array */
    json_t *v;
    struct pm_at at;
};

/* Reads and parses `path` ("-": standard input). What is wrong are errors with line:col, fault
 * PM_FAULT_INPUT ("json-syntax", "duplicate-key", "not-utf-8", "too-deep" …). False if nothing can
 * be read from it. */
bool pm_json_load(struct pm_json *json, const char *path);
bool pm_json_parse(struct pm_json *json, const char *text, size_t length, const char *name);
/* Warns of "pre-shaped" texts among those that were read; nothing points into the json any more. */
void pm_json_finish(struct pm_json *json);

struct pm_jval pm_json_root(struct pm_json *json);
/* The member `key`; `v` NULL if it is absent. */
struct pm_jval pm_jval_get(const struct pm_jval *object, const char *key);
struct pm_jval pm_jval_at(const struct pm_jval *array, size_t index);
bool pm_jval_given(const struct pm_jval *value);

struct pm_place pm_jval_place(const struct pm_jval *value);
struct pm_place pm_jval_key_place(const struct pm_jval *value);

/* Every member of an object must be one of `known` (NULL-terminated), "$schema", or begin with
 * "x-"; else an error "unknown-key" with the nearest known key as help. */
void pm_jval_check_keys(const struct pm_jval *object, const char *const *known);

/* Has the object at most so many entries of that kind? Else an error "too-many". */
bool pm_jval_at_most(const struct pm_jval *object, int most, const char *what);
/* Steps through the entries of an object whose keys are the user's own, passing over those that are
 * left alone ("$schema", "x-…"). `*entry` begins zeroed; false at the end. */
bool pm_jval_next(const struct pm_jval *object, struct pm_jval *entry);
/* Is the key a name as pm_jval_name wants it, or a language in the form of BCP 47? Else an error. */
bool pm_jval_key_is_name(const struct pm_jval *entry);
bool pm_jval_key_is_language(const struct pm_jval *entry);

/* Typed reads. An absent value leaves *out alone and returns false; a wrong type adds an error
 * "wrong-type" (fault PM_FAULT_INPUT) that says what was wanted and found, and returns false. */
bool pm_jval_object(const struct pm_jval *value);
bool pm_jval_array(const struct pm_jval *value);
bool pm_jval_string(const struct pm_jval *value, const char **out);
/* An id, name or path: a string neither empty nor longer than PM_MOST_NAME. */
bool pm_jval_name(const struct pm_jval *value, const char **out);
/* A text for a map in one language, with spaces for control characters; an empty one is none. */
bool pm_jval_line(const struct pm_jval *value, const char **out);
bool pm_jval_number(const struct pm_jval *value, double min, double max, double *out);
bool pm_jval_bool(const struct pm_jval *value, bool *out);
bool pm_jval_whole(const struct pm_jval *value, int min, int max, int *out); /* a whole number */
bool pm_jval_text(const struct pm_jval *value, struct pm_text *out); /* string or {lang: string} */
bool pm_jval_date(const struct pm_jval *value, pm_date *out);
/* One of `names` (NULL-terminated): its index. An error names them all and the nearest. */
bool pm_jval_choice(const struct pm_jval *value, const char *const *names, int *out);

/* The same for a member. */
bool pm_jget_string(const struct pm_jval *object, const char *key, const char **out);
bool pm_jget_name(const struct pm_jval *object, const char *key, const char **out);
bool pm_jget_line(const struct pm_jval *object, const char *key, const char **out);
bool pm_jget_text(const struct pm_jval *object, const char *key, struct pm_text *out);
bool pm_jget_date(const struct pm_jval *object, const char *key, pm_date *out);
bool pm_jget_choice(const struct pm_jval *object, const char *key, const char *const *names,
                    int *out);

/* An error "missing-key" that says what the member is for. */
void pm_jval_missing(const struct pm_jval *object, const char *key, const char *help);
/* "format" must be there and be `format`, else an error "missing-key" or "wrong-format". False if it
 * says something else: then the file is of another kind, and what more is wrong with it is noise. */
bool pm_json_check_format(const struct pm_jval *root, const char *format);

#endif
