/* test_features_file.c: src/feature/features_file.c: what is written is read back, to the bit;
 * what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "feature/sample.h"
#include "nightly.h"
#include "store/damage.h"

#include "base/alloc.h"
#include "feature/columns/normalise.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[256], path[512], other[512];

static int setup(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/tesela-XXXXXX", temp ? temp : "/tmp");
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/features.h5", folder);
    snprintf(other, sizeof other, "%s/other.h5", folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder); /* fails where a temporary file was left */
}

static void write_features(const tsl_features *features, const char *name)
{
    tsl_error err = {0};
    if (tsl_features_write(features, &(tsl_target){.path = name, .replace = 1}, NULL, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

static void check_same(const tsl_features *features, const char *name)
{
    tsl_error err = {0};
    tsl_features *back;
    if (tsl_features_read(&(tsl_source){.path = name}, NULL, &back, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const char *difference = sample_difference(features, back);
    if (difference) {
        fail_msg("%s differs", difference);
    }
    tsl_features_free(back);
}

static void test_round_trip(void **state)
{
    (void)state;
    /* around the edges of a block of rows */
    static const size_t customers[] = {1, 2, 4095, 4096, 4097, 12289};
    for (size_t i = 0; i < sizeof customers / sizeof customers[0]; i++) {
        for (int transactions = 0; transactions < 2; transactions++) {
            tsl_features *features = sample_features(customers[i], transactions, i + 1);
            write_features(features, path);
            check_same(features, path);
            tsl_features_free(features);
        }
    }
}

static void test_no_features(void **state)
{
    (void)state;
    tsl_features *features = sample_features(3, 0, 1);
    tsl_recipe_free(features->recipe);
    features->recipe = tsl__alloc_zero(1, sizeof *features->recipe);
    TSL_DEFAULTS(feature, &features->recipe->settings);
    tsl__vectors_set(features);
    features->feature_count = 0;
    write_features(features, path);
    check_same(features, path);
    tsl_features_free(features);
}

static void test_all_code_widths(void **state)
{
    (void)state;
    /* the edges of codes of 8 and 16 bits */
    static const size_t levels[] = {127, 128, 32767, 32768};
    tsl_features *features = sample_features(1000, 1, 1);
    for (size_t i = 0; i < 4; i++) {
        tsl_category *c = &features->category[i];
        tsl__free_texts(c->level, c->level_count);
        c->level = tsl__alloc_zero(levels[i], sizeof *c->level);
        for (c->level_count = 0; c->level_count < levels[i]; c->level_count++) {
            c->level[c->level_count] = tsl__format("level %06zu", c->level_count);
        }
        for (size_t r = 0; r < features->customers; r++) {
            c->code[r] = r == 0 ? -1 : (int32_t)(levels[i] - r % 127 - 1);
        }
    }
    write_features(features, path);
    check_same(features, path);
    tsl_features_free(features);
}

static char *bytes_of(const char *name, size_t *count)
{
    struct stat there;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0 && fstat(fd, &there) == 0);
    char *bytes = malloc((size_t)there.st_size);
    assert_int_equal(read(fd, bytes, (size_t)there.st_size), there.st_size);
    close(fd);
    *count = (size_t)there.st_size;
    return bytes;
}

static void test_same_bytes(void **state)
{
    (void)state;
    size_t count[2];
    tsl_features *features = sample_features(5000, 1, 1);
    features->info.seconds = 1;
    write_features(features, path);
    char *first = bytes_of(path, &count[0]);
    sleep(1); /* a time in the file would show */
    tsl_features *again = sample_features(5000, 1, 1);
    again->info.seconds = 2;
    write_features(again, other);
    char *second = bytes_of(other, &count[1]);
    assert_int_equal(count[0], count[1]);
    assert_memory_equal(first, second, count[0]);
    free(first);
    free(second);
    tsl_features_free(features);
    tsl_features_free(again);
}

static void test_private_and_replaced(void **state)
{
    (void)state;
    struct stat there;
    tsl_features *features = sample_features(100, 1, 1), *later = sample_features(50, 0, 2);
    write_features(features, path);
    assert_int_equal(stat(path, &there), 0);
    assert_int_equal(there.st_mode & 0777, 0600);
    write_features(later, path);
    check_same(later, path);
    tsl_features_free(features);
    tsl_features_free(later);
}

static void check_refused(const char *name, tsl_status expected, const char *part)
{
    tsl_error err = {0};
    tsl_features *back = (tsl_features *)(uintptr_t)1;
    assert_int_equal(tsl_features_read(&(tsl_source){.path = name}, NULL, &back, &err), expected);
    assert_null(back);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

static void write_text(const char *name, const char *text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void test_refused(void **state)
{
    (void)state;
    check_refused(path, TSL_E_NOT_FOUND, "No such file");
    check_refused(folder, TSL_E_INPUT, "folder");
    write_text(path, "");
    check_refused(path, TSL_E_FORMAT, "no HDF5 file");
    write_text(path, "customer_id,x\n1,2\n");
    check_refused(path, TSL_E_FORMAT, "no HDF5 file");
    tsl_features *features = sample_features(100, 1, 1);
    write_features(features, path);
    assert_int_equal(truncate(path, 20000), 0);
    check_refused(path, TSL_E_FORMAT, "damaged or cut short");
    tsl_features_free(features);
}

/* The places of bytes that stand once in the file. */
static size_t place_of(const char *bytes, size_t count, const void *part, size_t length)
{
    const char *at = memmem(bytes, count, part, length);
    assert_non_null(at);
    return (size_t)(at - bytes);
}

static void test_damaged_array_is_named(void **state)
{
    (void)state;
    size_t count;
    tsl_features *features = sample_features(5000, 1, 3);
    write_features(features, path);
    char *bytes = bytes_of(path, &count);
    const struct {
        const void *part;
        size_t length;
        const char *name, *rows;
    } cases[] = {
        {features->x + 4097 * features->feature_count, 64, "/X", "rows 4097 to 5000"},
        {features->vector[TSL_BEHAVIORAL].values, 64, "/obsm/behavioral", "rows 1 to 4096"},
        {features->history + 8, 64, "/obsm/history", "rows 1 to 4096"},
        {features->id[4999], 7, "/obs/customer_id", "rows 4097 to 5000"},
        {features->options, 20, "/uns/tesela/options", "rows 1 to 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t at = place_of(bytes, count, cases[i].part, cases[i].length);
        bytes[at + 1] ^= 4;
        int fd = open(path, O_WRONLY | O_CLOEXEC);
        assert_int_equal(pwrite(fd, bytes, count, 0), (ssize_t)count);
        close(fd);
        bytes[at + 1] ^= 4;
        check_refused(path, TSL_E_FORMAT, cases[i].name);
        check_refused(path, TSL_E_FORMAT, cases[i].rows);
        check_refused(path, TSL_E_FORMAT, "damaged");
    }
    free(bytes);
    tsl_features_free(features);
}

static damage_verdict read_damaged(const char *name, const void *features)
{
    tsl_error err = {0};
    tsl_features *back;
    tsl_status status = tsl_features_read(&(tsl_source){.path = name}, NULL, &back, &err);
    if (status != TSL_OK) {
        return status == TSL_E_FORMAT && err.message[0] && !back ? DAMAGE_REFUSED : DAMAGE_WRONG;
    }
    damage_verdict verdict = sample_difference(features, back) ? DAMAGE_WRONG : DAMAGE_SAME;
    tsl_features_free(back);
    return verdict;
}

static void check_flips(size_t customers, size_t flips, size_t cuts)
{
    tsl_features *features = sample_features(customers, 1, 7);
    write_features(features, path);
    long refused = damage_flip(path, flips, customers, read_damaged, features);
    assert_true(refused >= 0);
    print_message("%zu customers: %ld of %zu flips refused, the others changed nothing\n", customers, refused, flips);
    assert_true(refused >= (long)(flips - flips / 100)); /* HDF5 may leave gaps that hold nothing */
    assert_int_equal(damage_cut(path, cuts, customers, read_damaged, features), cuts);
    check_same(features, path);
    tsl_features_free(features);
}

static void test_flips(void **state)
{
    (void)state;
    check_flips(5, some_or_all(360, 4000), some_or_all(40, 400));  /* mostly descriptions */
    check_flips(5000, some_or_all(90, 1000), some_or_all(10, 50)); /* mostly numbers */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_features, setup, teardown),
        cmocka_unit_test_setup_teardown(test_all_code_widths, setup, teardown),
        cmocka_unit_test_setup_teardown(test_same_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_private_and_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged_array_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(test_flips, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
