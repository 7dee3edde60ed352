/* The jobs file on its way to a list of maps: layers of values as they stand in the file (jobs_json.c),
 * then each combination of a matrix as a map of its own (jobs_expand.c). */
#ifndef PM_INPUT_JOBS_H
#define PM_INPUT_JOBS_H

#include "base/hash.h"
#include "base/vec.h"
#include "input/json.h"
#include "provmap.h"

/* What a map can be told, each an option of `provmap render` but for the status file. */
enum job_key {
    JOB_STATUS,
    JOB_SHAPES,
    JOB_KEY_FIELD,
    JOB_NAME_FIELD,
    JOB_ENCODING,
    JOB_CRS,
    JOB_STYLE,
    JOB_THEME,
    JOB_ALIASES,
    JOB_UNMATCHED,
    JOB_FONT_DIR,
    JOB_SIZE,
    JOB_DPI,
    JOB_PNG_LEVEL,
    JOB_ID_PREFIX,
    JOB_TEXT,
    JOB_A11Y,
    JOB_AREAS,
    JOB_PROFILE,
    JOB_SVG_INLINE,
    JOB_DATE,
    JOB_SINCE,
    JOB_COMPARE,
    JOB_LANG,
    JOB_FOCUS,
    JOB_PROJECTION,
    JOB_SERIES,
    JOB_EVERY,
    JOB_ANIMATE,
    JOB_FRAME_TIME,
    JOB_KEYS
};

struct job_key_info {
    const char *key;    /* in the file */
    const char *option; /* of provmap render */
    const char
        *placeholder; /* in names of outputs; NULL: none, as its value makes no part of a name */
};
extern const struct job_key_info pm_job_keys[JOB_KEYS];

/* Of one key: a list for the focus, else one string; none for a switch that is off. */
struct job_value {
    bool given;
    bool unknown; /* it stands in a file that can't be read */
    const char **v;
    size_t n;
    struct pm_at at;
    int line, column;
};

/* A key of a matrix. */
struct job_axis {
    enum job_key key;
    const struct job_value *v;
    size_t n;
};

/* A name of an output, with {placeholders}. */
struct job_template {
    const char *text;
    struct pm_at at;
};

/* What the top of the file says, or an entry of "maps". */
struct job_layer {
    struct job_value values[JOB_KEYS];
    bool broken;      /* it has errors, or what it took over from the top has */
    bool has_outputs; /* even if there is something wrong with them */
    const struct job_template *outputs;
    size_t output_count;
    const struct job_axis *axes; /* the matrix */
    size_t axis_count;
};

struct pm_jobs {
    struct pm_arena arena;
    PM_VEC(struct pm_job) list;
};

/* One map of a layer. */
struct job_map {
    const struct pm_jval *object; /* that asks for it */
    const struct job_layer *layer;
    size_t index; /* among the combinations of the matrix */
    struct job_value values[JOB_KEYS];
};

/* An output that some map has. */
struct job_output {
    const char *path;
    struct pm_at at; /* of its template */
    struct pm_at map;
    size_t index; /* of the map */
};

/* What json.owner points to. */
struct jobs_reader {
    struct pm_jobs *jobs;
    struct pm_arena scratch;
    struct pm_index as_of;   /* path of a status file -> its date */
    struct pm_index paths;   /* folded -> index of outputs */
    struct pm_index folders; /* of those -> index of one in it */
    PM_VEC(struct job_output) outputs;
};

/* Where a value stands; it is still to be filled in. */
struct job_value pm_jobs_value(const struct pm_jval *value);

/* One value for each area, or each parent of areas, of the shapes that the layer names; an error at `value`
 * if there are none. */
void pm_jobs_each(const struct pm_jval *value, const struct job_layer *layer, bool parents,
                  struct job_axis *axis);

/* Is `text` a template of an output? `value` is where it stands, for errors. */
bool pm_jobs_template(const struct pm_jval *value, const char *text);

/* Adds the maps of a layer, which stands at `object`; of a broken one only what it lacks is told. */
void pm_jobs_expand(const struct pm_jval *object, const struct job_layer *layer);

#endif
