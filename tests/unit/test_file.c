#include "check.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

static char folder[64];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/provmap-test-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

static const char *in_folder(const char *name)
{
    static char path[2][512];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static int tear_down(void **state)
{
    (void)state;
    DIR *dir = opendir(folder);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        unlink(in_folder(e->d_name));
    closedir(dir);
    return rmdir(folder);
}

static void reads_pieces(void **state)
{
    (void)state;
    enum { SIZE = 10000 };
    struct pm_diags *d = pm_diags_new();
    struct pm_file file;
    char data[SIZE], out[8] = {0};
    for (size_t i = 0; i < SIZE; i++)
        data[i] = (char)(i * 31 % 251 + 1);
    assert_int_equal(pm_write_file(in_folder("a"), data, SIZE, d), PM_WRITE_DONE);
    assert_true(pm_file_open(&file, in_folder("a"), SIZE, d));
    assert_int_equal(file.size, SIZE);
    static const size_t wanted[][2] = {{0, 100},  {50, 4046}, {4000, 200}, {3999, 6001},
                                       {0, SIZE}, {9990, 10}, {5, 0},      {9000, 1000}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_memory_equal(pm_file_piece(&file, wanted[i][0], wanted[i][1]), data + wanted[i][0],
                            wanted[i][1]);
    const unsigned char *last = pm_file_piece(&file, SIZE - 2, 6);
    assert_memory_equal(last, data + SIZE - 2, 2);
    assert_memory_equal(last + 2, "\0\0\0", 4);
    assert_memory_equal(pm_file_piece(&file, SIZE + 5000, 4), "\0\0\0", 4);
    assert_int_equal(pm_file_read(&file, SIZE - 3, out, sizeof out), 3);
    assert_memory_equal(out, data + SIZE - 3, 3);
    pm_file_close(&file);
    assert_int_equal(pm_diags_count(d), 0);
    pm_diags_free(d);
}

static void refuses_what_gives_no_pieces(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    struct pm_file file;
    assert_int_equal(pm_write_file(in_folder("a"), "12345", 5, d), PM_WRITE_DONE);
    const char *const bad[][2] = {{"a", "too-large"}, {"none", "cannot-read"}, {"", "cannot-read"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(pm_file_open(&file, in_folder(bad[i][0]), 4, d));
        assert_string_equal(pm_diags_get(d, i)->id, bad[i][1]);
        pm_file_close(&file);
    }
    assert_false(pm_file_open(&file, "/dev/null", 4, d));
    pm_file_close(&file);
    pm_diags_free(d);
}

static void writes_and_reads_back(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    struct pm_diags *d = pm_diags_new();
    size_t length = 0;
    assert_int_equal(pm_write_file(in_folder("a"), "x\0y", 3, d), PM_WRITE_DONE);
    char *text = pm_read_file(in_folder("a"), 100, &arena, &length, d);
    assert_int_equal(length, 3);
    assert_memory_equal(text, "x\0y", 4);
    assert_int_equal(pm_diags_count(d), 0);
    pm_arena_finish(&arena);
    pm_diags_free(d);
}

/* Equal content is not written again: build systems look at the time. */
static void same_content_is_left_alone(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    struct stat before, after;
    assert_int_equal(pm_write_file(in_folder("b"), "same", 4, d), PM_WRITE_DONE);
    assert_int_equal(stat(in_folder("b"), &before), 0);
    assert_int_equal(pm_write_file(in_folder("b"), "same", 4, d), PM_WRITE_SAME);
    assert_int_equal(stat(in_folder("b"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(pm_write_file(in_folder("b"), "other", 5, d), PM_WRITE_DONE);
    pm_diags_free(d);
}

static void keeps_mode_and_link(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    struct stat info;
    assert_int_equal(pm_write_file(in_folder("c"), "1", 1, d), PM_WRITE_DONE);
    assert_int_equal(chmod(in_folder("c"), 0640), 0);
    assert_int_equal(symlink("c", in_folder("link")), 0);
    assert_int_equal(pm_write_file(in_folder("link"), "2", 1, d), PM_WRITE_DONE);
    assert_int_equal(lstat(in_folder("link"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(in_folder("c"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    pm_diags_free(d);
}

static void failures_leave_nothing_behind(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    int before = files_in_folder();
    assert_int_equal(pm_write_file(folder, "x", 1, d), PM_WRITE_FAILED);
    assert_int_equal(pm_write_file(in_folder("no/such/folder"), "x", 1, d), PM_WRITE_FAILED);
    assert_int_equal(pm_diags_fault(d), PM_FAULT_OUTPUT);
    assert_string_equal(pm_diags_get(d, 0)->id, "cannot-write");
    assert_string_equal(pm_diags_get(d, 0)->message, "cannot write it: it is a folder");
    assert_int_equal(files_in_folder(), before);
    pm_diags_free(d);
}

/* The file system gives out in the middle of it. */
static void a_write_cut_short_keeps_the_old_file(void **state)
{
    (void)state;
    static char large[100000];
    struct rlimit old, small = {4096, 4096};
    struct pm_arena arena = {0};
    struct pm_diags *d = pm_diags_new();
    size_t length = 0;
    assert_int_equal(pm_write_file(in_folder("e"), "old", 3, d), PM_WRITE_DONE);
    int before = files_in_folder();
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum pm_written done = pm_write_file(in_folder("e"), large, sizeof large, d);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(done, PM_WRITE_FAILED);
    assert_int_equal(pm_diags_count(d), 1);
    assert_string_equal(pm_read_file(in_folder("e"), 10, &arena, &length, d), "old");
    assert_int_equal(files_in_folder(), before);
    pm_arena_finish(&arena);
    pm_diags_free(d);
}

static void refuses_what_is_no_plain_file(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    struct stat info;
    assert_int_equal(pm_write_file("/dev/null", "x", 1, d), PM_WRITE_FAILED);
    assert_string_equal(pm_diags_get(d, 0)->message, "cannot write it: it is no plain file");
    assert_int_equal(symlink("nothing", in_folder("dangling")), 0);
    assert_int_equal(pm_write_file(in_folder("dangling"), "x", 1, d), PM_WRITE_FAILED);
    assert_string_equal(pm_diags_get(d, 1)->message, "cannot write it: it is a link to nothing");
    assert_int_equal(lstat(in_folder("dangling"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    pm_diags_free(d);
}

/* As long as a file system takes: the temporary name must not be longer. */
static void writes_under_a_long_name(void **state)
{
    (void)state;
    struct pm_diags *d = pm_diags_new();
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_int_equal(pm_write_file(in_folder(name), "x", 1, d), PM_WRITE_DONE);
    assert_int_equal(pm_diags_count(d), 0);
    pm_diags_free(d);
}

static void reading_has_a_limit(void **state)
{
    (void)state;
    struct pm_arena arena = {0};
    struct pm_diags *d = pm_diags_new();
    size_t length = 0;
    assert_int_equal(pm_write_file(in_folder("d"), "12345", 5, d), PM_WRITE_DONE);
    assert_non_null(pm_read_file(in_folder("d"), 5, &arena, &length, d));
    assert_null(pm_read_file(in_folder("d"), 4, &arena, &length, d));
    assert_string_equal(pm_diags_get(d, 0)->id, "too-large");
    assert_string_equal(pm_diags_get(d, 0)->message, "larger than 4 bytes");
    assert_null(pm_read_file(in_folder("none"), 4, &arena, &length, d));
    assert_string_equal(pm_diags_get(d, 1)->id, "cannot-read");
    assert_null(pm_read_file(folder, 4, &arena, &length, d));
    assert_string_equal(pm_diags_get(d, 2)->message, "cannot read it: it is a folder");
    assert_non_null(pm_diags_get(d, 2)->help);
    pm_arena_finish(&arena);
    pm_diags_free(d);
}

static void paths(void **state)
{
    (void)state;
    struct pm_arena a = {0};
    assert_string_equal(pm_path_beside(&a, "maps/status.json", "../shapes"), "maps/../shapes");
    assert_string_equal(pm_path_beside(&a, "status.json", "shapes"), "shapes");
    assert_string_equal(pm_path_beside(&a, "maps/status.json", "/shapes"), "/shapes");
    assert_string_equal(pm_path_join(&a, "a/", "b"), "a/b");
    assert_string_equal(pm_path_join(&a, "a", "b"), "a/b");
    assert_string_equal(pm_path_base("a/b/c.svg"), "c.svg");
    pm_arena_finish(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_back),
        cmocka_unit_test(reads_pieces),
        cmocka_unit_test(refuses_what_gives_no_pieces),
        cmocka_unit_test(same_content_is_left_alone),
        cmocka_unit_test(keeps_mode_and_link),
        cmocka_unit_test(failures_leave_nothing_behind),
        cmocka_unit_test(a_write_cut_short_keeps_the_old_file),
        cmocka_unit_test(refuses_what_is_no_plain_file),
        cmocka_unit_test(writes_under_a_long_name),
        cmocka_unit_test(reading_has_a_limit),
        cmocka_unit_test(paths),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
