/* One batch to many viewers, sealed and sent by a thread that needs no Python.
 *
 * Optional: `spread.PlainSpread` does the same. Built by `.ci/accelerator` where there is a C
 * compiler, used through accelerator.py. Linux only: sendmmsg(2) and UDP_SEGMENT.
 *
 * Who may touch what: a Python call puts a job into the queue while it holds the GIL. From then
 * on the job belongs to the thread, and so do the ciphers of its targets. When it is done it
 * waits in another queue until the next Python call takes it back. A job holds a reference to
 * its crowd, and that to its targets, so a viewer may go at any time; and only Python calls count
 * references.
 */
#define _GNU_SOURCE
#define Py_LIMITED_API 0x030B0000 /* one build for Python 3.11 and all that follow */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* linux/udp.h */
#endif
#define SOL_UDP_ 17

enum {
    NONCE = 12,       /* bytes of salt and nonce (RFC 7714 §8.1) */
    TAG = 16,         /* bytes a packet grows by */
    LONGEST = 65535,  /* bytes of one call, all segments together */
    ROOM = 1 << 18,   /* bytes sealed before they are sent: few enough to stay in the cache */
    MESSAGES = 32,    /* calls' worth of datagrams handed to the kernel at once */
    MISSED = 32,      /* streams of one viewer remembered as having missed something */
};

/* --- The cipher: OpenSSL's, found at run time. ---
 *
 * Python's own ssl module brings the library along. Found this way, no OpenSSL headers are
 * needed to build, and the few functions used have been the same since OpenSSL 1.1. */

typedef void Cipher;
enum { GET_TAG = 0x10 }; /* EVP_CTRL_AEAD_GET_TAG */

static struct {
    Cipher *(*make)(void);
    void (*free)(Cipher *);
    const void *(*aes_128_gcm)(void);
    const void *(*aes_256_gcm)(void);
    int (*init)(Cipher *, const void *, void *, const unsigned char *, const unsigned char *);
    int (*update)(Cipher *, unsigned char *, int *, const unsigned char *, int);
    int (*final)(Cipher *, unsigned char *, int *);
    int (*control)(Cipher *, int, int, void *);
} evp;

static bool find_cipher(void)
{
    static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so"};
    void *library = NULL;
    for (size_t at = 0; library == NULL && at < sizeof names / sizeof *names; at++)
        library = dlopen(names[at], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return false;
    const struct { void *place; const char *name; } wanted[] = {
        {&evp.make, "EVP_CIPHER_CTX_new"},       {&evp.free, "EVP_CIPHER_CTX_free"},
        {&evp.aes_128_gcm, "EVP_aes_128_gcm"},   {&evp.aes_256_gcm, "EVP_aes_256_gcm"},
        {&evp.init, "EVP_EncryptInit_ex"},       {&evp.update, "EVP_EncryptUpdate"},
        {&evp.final, "EVP_EncryptFinal_ex"},     {&evp.control, "EVP_CIPHER_CTX_ctrl"},
    };
    for (size_t at = 0; at < sizeof wanted / sizeof *wanted; at++) {
        void *found = dlsym(library, wanted[at].name);
        if (found == NULL)
            return false;
        memcpy(wanted[at].place, &found, sizeof found);
    }
    return true;
}

static void *room_for(Py_ssize_t count, size_t size)
{
    void *found = PyMem_Calloc(count ? (size_t)count : 1, size);
    if (found == NULL)
        PyErr_NoMemory();
    return found;
}

static int no_keywords(PyObject *kwargs)
{
    if (kwargs == NULL || PyDict_Size(kwargs) == 0)
        return 0;
    PyErr_SetString(PyExc_TypeError, "there are no keyword arguments");
    return -1;
}

/* --- Target: one viewer's key and address. --- */

typedef union {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} Address;

typedef struct {
    PyObject_HEAD
    Cipher *cipher;
    unsigned char salt[NONCE];
    int socket;
    Address address;
    socklen_t length;
    atomic_bool whole; /* this way takes no segments: datagrams go one by one */
    uint32_t missed[MISSED];
    int misses;
} Target;

static PyTypeObject *target_type;

static PyObject *target_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const unsigned char *key, *salt;
    Py_ssize_t key_size, salt_size;
    if (no_keywords(kwargs) < 0 ||
        !PyArg_ParseTuple(args, "y#y#:Target", &key, &key_size, &salt, &salt_size))
        return NULL;
    if ((key_size != 16 && key_size != 32) || salt_size != NONCE) {
        PyErr_SetString(PyExc_ValueError, "a key has 16 or 32 bytes, a salt 12");
        return NULL;
    }
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Target *self = (Target *)alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->socket = -1;
    atomic_init(&self->whole, false);
    memcpy(self->salt, salt, NONCE);
    self->cipher = evp.make();
    const void *kind = key_size == 16 ? evp.aes_128_gcm() : evp.aes_256_gcm();
    if (self->cipher == NULL || !evp.init(self->cipher, kind, NULL, key, NULL)) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static void target_dealloc(PyObject *given)
{
    Target *self = (Target *)given;
    PyTypeObject *type = Py_TYPE(given);
    if (self->cipher != NULL)
        evp.free(self->cipher);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(given);
    Py_DECREF(type);
}

static PyObject *target_aim(PyObject *given, PyObject *args)
{
    Target *self = (Target *)given;
    Address to = {0};
    PyObject *address;
    if (PyTuple_Size(args) == 0) {
        self->socket = -1;
        Py_RETURN_NONE;
    }
    const char *host;
    int socket, port;
    unsigned int flow = 0, scope = 0; /* IPv6 alone has them */
    if (!PyArg_ParseTuple(args, "iO!:aim", &socket, &PyTuple_Type, &address) ||
        !PyArg_ParseTuple(address, "si|II:aim", &host, &port, &flow, &scope))
        return NULL;
    char plain[INET6_ADDRSTRLEN] = "";
    strncpy(plain, host, sizeof plain - 1);
    plain[strcspn(plain, "%")] = '\0'; /* fe80::1%eth0: the scope is said in a number as well */
    if (inet_pton(AF_INET, plain, &to.four.sin_addr) == 1) {
        to.four.sin_family = AF_INET;
        to.four.sin_port = htons((uint16_t)port);
        self->length = sizeof to.four;
    } else if (inet_pton(AF_INET6, plain, &to.six.sin6_addr) == 1) {
        to.six.sin6_family = AF_INET6;
        to.six.sin6_port = htons((uint16_t)port);
        to.six.sin6_flowinfo = htonl(flow);
        to.six.sin6_scope_id = scope;
        self->length = sizeof to.six;
    } else {
        PyErr_Format(PyExc_ValueError, "%s is no address", host);
        return NULL;
    }
    self->socket = socket;
    self->address = to;
    atomic_store(&self->whole, false);
    Py_RETURN_NONE;
}

static void note_missed(Target *self, uint32_t ssrc)
{
    for (int at = 0; at < self->misses; at++)
        if (self->missed[at] == ssrc)
            return;
    if (self->misses < MISSED)
        self->missed[self->misses++] = ssrc;
}

static bool was_missed(Target *self, uint32_t ssrc)
{
    for (int at = 0; at < self->misses; at++)
        if (self->missed[at] == ssrc) {
            self->missed[at] = self->missed[--self->misses];
            return true;
        }
    return false;
}

/* --- Crowd: viewers who get the same packets. --- */

typedef struct {
    Target *target;
    uint64_t base; /* the number at which the viewer's rollover count is 0 */
} Member;

typedef struct {
    PyObject_HEAD
    Member *members;
    int count;
} Crowd;

static PyTypeObject *crowd_type;

static PyObject *crowd_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *targets, *bases;
    if (no_keywords(kwargs) < 0 ||
        !PyArg_ParseTuple(args, "O!O!:Crowd", &PyList_Type, &targets, &PyList_Type, &bases))
        return NULL;
    Py_ssize_t count = PyList_Size(targets);
    if (count != PyList_Size(bases) || count > INT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "each target needs a base");
        return NULL;
    }
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Crowd *self = (Crowd *)alloc(type, 0);
    if (self == NULL)
        return NULL;
    if ((self->members = room_for(count, sizeof(Member))) == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    for (Py_ssize_t at = 0; at < count; at++) {
        PyObject *target = PyList_GetItem(targets, at);
        uint64_t base = PyLong_AsUnsignedLongLong(PyList_GetItem(bases, at));
        if (!PyErr_Occurred() && !PyObject_TypeCheck(target, target_type))
            PyErr_SetString(PyExc_TypeError, "a target is a Target");
        if (PyErr_Occurred()) {
            Py_DECREF(self);
            return NULL;
        }
        self->members[self->count++] = (Member){(Target *)Py_NewRef(target), base};
    }
    return (PyObject *)self;
}

static void crowd_dealloc(PyObject *given)
{
    Crowd *self = (Crowd *)given;
    PyTypeObject *type = Py_TYPE(given);
    for (int at = 0; at < self->count; at++)
        Py_DECREF((PyObject *)self->members[at].target);
    PyMem_Free(self->members);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(given);
    Py_DECREF(type);
}

/* --- Job: some packets, and to whom they go. --- */

typedef struct {
    uint64_t number;
    const unsigned char *header, *payload;
    int header_size, payload_size;
} Packet;

typedef struct {
    int start, end; /* packets that may go in one call */
    int size;       /* of the first, before it is sealed */
} Run;

typedef struct {
    Target *target;
    uint64_t base; /* the number at which the viewer's rollover count is 0 */
    int socket;
    Address address; /* where it was when the job was made */
    socklen_t length;
    bool full;
} Order;

typedef struct Job {
    struct Job *next;
    uint32_t ssrc;
    Crowd *crowd; /* holds the targets of all orders */
    int packet_count, run_count, order_count;
    Packet *packets;
    Run *runs;
    Order *orders;
    unsigned char *bytes;
} Job;

static void job_free(Job *job)
{
    if (job == NULL)
        return;
    Py_XDECREF((PyObject *)job->crowd);
    PyMem_Free(job->packets);
    PyMem_Free(job->runs);
    PyMem_Free(job->orders);
    PyMem_Free(job->bytes);
    PyMem_Free(job);
}

static bool read_bytes(PyObject *given, const unsigned char **bytes, Py_ssize_t *size)
{
    char *start;
    if (given == NULL || PyBytes_AsStringAndSize(given, &start, size) < 0)
        return false;
    *bytes = (const unsigned char *)start;
    return true;
}

/* Packets are (number, header, payload); their bytes are copied once, for all viewers. */
static bool read_packets(Job *job, PyObject *given)
{
    Py_ssize_t count = PySequence_Size(given), total = 0;
    if (count < 0 || (job->packets = room_for(count, sizeof(Packet))) == NULL)
        return false;
    for (Py_ssize_t at = 0; at < count; at++) {
        Packet *packet = &job->packets[at];
        PyObject *item = PySequence_GetItem(given, at);
        if (item == NULL)
            return false;
        Py_ssize_t header_size = 0, payload_size = 0;
        bool read = PyTuple_Size(item) == 3;
        if (read) {
            packet->number = PyLong_AsUnsignedLongLong(PyTuple_GetItem(item, 0));
            read = !PyErr_Occurred() &&
                   read_bytes(PyTuple_GetItem(item, 1), &packet->header, &header_size) &&
                   read_bytes(PyTuple_GetItem(item, 2), &packet->payload, &payload_size);
        }
        Py_DECREF(item); /* whoever calls us holds on to the sequence */
        if (!read || header_size + payload_size + TAG > LONGEST) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a packet is (number, header, payload)");
            return false;
        }
        packet->header_size = (int)header_size;
        packet->payload_size = (int)payload_size;
        total += header_size + payload_size;
    }
    unsigned char *next = job->bytes = room_for(total, 1);
    if (next == NULL)
        return false;
    for (Py_ssize_t at = 0; at < count; at++) {
        Packet *packet = &job->packets[at];
        packet->header = memcpy(next, packet->header, (size_t)packet->header_size);
        next += packet->header_size;
        packet->payload = memcpy(next, packet->payload, (size_t)packet->payload_size);
        next += packet->payload_size;
    }
    job->packet_count = (int)count;
    return true;
}

/* Runs are (start, end, size), as wire.cut() gives them. */
static bool read_runs(Job *job, PyObject *given)
{
    Py_ssize_t count = PySequence_Size(given);
    if (count < 0 || (job->runs = room_for(count, sizeof(Run))) == NULL)
        return false;
    for (Py_ssize_t at = 0; at < count; at++) {
        Run *run = &job->runs[at];
        PyObject *item = PySequence_GetItem(given, at);
        if (item == NULL)
            return false;
        bool read = PyArg_ParseTuple(item, "iii", &run->start, &run->end, &run->size);
        Py_DECREF(item);
        if (!read)
            return false;
        bool within = 0 <= run->start && run->start < run->end && run->end <= job->packet_count;
        int total = 0;
        for (int each = run->start; within && each < run->end; each++) {
            int size = job->packets[each].header_size + job->packets[each].payload_size;
            total += size + TAG;
            bool last = each == run->end - 1;
            within = total <= LONGEST && (size == run->size || (last && size < run->size));
        }
        if (!within) {
            PyErr_SetString(PyExc_ValueError, "a run is (start, end, size) of the packets");
            return false;
        }
    }
    job->run_count = (int)count;
    return true;
}

/* Fills `full` with the places of those who had missed something of this stream before. */
static bool read_crowd(Job *job, const Crowd *crowd, PyObject *full)
{
    uint64_t newest = 0, oldest = UINT64_MAX;
    for (int at = 0; at < job->packet_count; at++) {
        uint64_t number = job->packets[at].number;
        newest = number > newest ? number : newest;
        oldest = number < oldest ? number : oldest;
    }
    if ((job->orders = room_for(crowd->count, sizeof(Order))) == NULL)
        return false;
    for (int at = 0; at < crowd->count; at++) {
        Target *target = crowd->members[at].target;
        uint64_t base = crowd->members[at].base;
        if (job->packet_count && (oldest < base || (newest - base) >> 48)) {
            PyErr_SetString(PyExc_ValueError, "a packet lies before the base");
            return false;
        }
        if (target->misses && was_missed(target, job->ssrc)) {
            PyObject *place = PyLong_FromLong(at);
            bool noted = place != NULL && PyList_Append(full, place) == 0;
            Py_XDECREF(place);
            if (!noted)
                return false;
        }
        if (target->socket < 0)
            continue;
        Order *order = &job->orders[job->order_count++];
        *order = (Order){.target = target, .base = base, .socket = target->socket,
                         .length = target->length, .address = target->address};
    }
    job->crowd = (Crowd *)Py_NewRef((PyObject *)crowd);
    return true;
}

/* --- Sender: the thread. --- */

static PyTypeObject *sender_type;

typedef struct {
    unsigned char *start;
    int size;
} Sealed;

typedef struct {
    PyObject_HEAD
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    bool running, ending;
    bool segmented; /* whether the kernel knows segments at all */
    Job *first, **last;
    Job *done;
    long long waiting, most; /* datagrams in the queue, and how many it may hold */
    atomic_llong sent, dropped;
    /* The rest is the thread's own. */
    unsigned char *bytes;
    size_t used;
    int count;
    int lengths[MESSAGES]; /* packets in each message */
    Order *owners[MESSAGES];
    struct iovec parts[MESSAGES];
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(uint16_t))];
    } controls[MESSAGES];
    struct mmsghdr messages[MESSAGES];
} Sender;

static bool seal(const Order *order, uint32_t ssrc, const Packet *packet, unsigned char *out)
{
    /* The nonce (RFC 7714 §8.1): salt xor (two zero bytes, SSRC, rollover count, sequence). */
    uint64_t place = packet->number - order->base;
    unsigned char nonce[NONCE];
    memcpy(nonce, order->target->salt, NONCE);
    for (int at = 0; at < 4; at++)
        nonce[2 + at] ^= (unsigned char)(ssrc >> 8 * (3 - at));
    for (int at = 0; at < 6; at++)
        nonce[6 + at] ^= (unsigned char)(place >> 8 * (5 - at));
    Cipher *cipher = order->target->cipher;
    unsigned char *body = out + packet->header_size;
    int size;
    memcpy(out, packet->header, (size_t)packet->header_size);
    return evp.init(cipher, NULL, NULL, NULL, nonce) &&
           evp.update(cipher, NULL, &size, packet->header, packet->header_size) &&
           evp.update(cipher, body, &size, packet->payload, packet->payload_size) &&
           evp.final(cipher, body + packet->payload_size, &size) &&
           evp.control(cipher, GET_TAG, TAG, body + packet->payload_size);
}

static void lose(Sender *self, int at)
{
    self->owners[at]->full = true;
    atomic_fetch_add(&self->dropped, self->lengths[at]);
}

/* This way takes no segments: the same datagrams, one by one. */
static void send_whole(Sender *self, int at, int size)
{
    const struct msghdr *message = &self->messages[at].msg_hdr;
    const unsigned char *start = self->parts[at].iov_base, *end = start + self->parts[at].iov_len;
    Order *order = self->owners[at];
    for (; start < end; start += size) {
        size_t length = end - start < size ? (size_t)(end - start) : (size_t)size;
        if (sendto(order->socket, start, length, MSG_DONTWAIT, message->msg_name,
                   message->msg_namelen) < 0 &&
            (errno == EAGAIN || errno == ENOBUFS)) {
            order->full = true;
            atomic_fetch_add(&self->dropped, 1);
        } else {
            atomic_fetch_add(&self->sent, 1);
        }
    }
}

/* Message `at` did not go: was there no room, is it the segments, or is it the network? */
static void refused(Sender *self, int at, int why)
{
    struct msghdr *message = &self->messages[at].msg_hdr;
    if (why == EAGAIN || why == ENOBUFS) {
        lose(self, at);
    } else if (message->msg_controllen && (why == EINVAL || why == EIO || why == ENOPROTOOPT)) {
        uint16_t size;
        memcpy(&size, CMSG_DATA(CMSG_FIRSTHDR(message)), sizeof size);
        atomic_store(&self->owners[at]->target->whole, true);
        send_whole(self, at, size);
    } else {
        atomic_fetch_add(&self->sent, self->lengths[at]); /* lost like any packet on its way */
    }
}

static void flush(Sender *self)
{
    for (int at = 0; at < self->count;) {
        int socket = self->owners[at]->socket, end = at;
        while (end < self->count && self->owners[end]->socket == socket)
            end++;
        int gone = sendmmsg(socket, &self->messages[at], (unsigned)(end - at), MSG_DONTWAIT);
        if (gone < 0 && errno == EINTR)
            continue;
        if (gone <= 0)
            refused(self, at++, errno);
        for (; gone > 0; gone--)
            atomic_fetch_add(&self->sent, self->lengths[at++]);
    }
    self->count = 0;
    self->used = 0;
}

/* Seal packets `start` to `end` for one viewer into one call. */
static void load(Sender *self, const Job *job, Order *order, int start, int end, int size)
{
    size_t needed = 0;
    for (int each = start; each < end; each++)
        needed += (size_t)(job->packets[each].header_size + job->packets[each].payload_size + TAG);
    if (self->count == MESSAGES || self->used + needed > ROOM)
        flush(self);
    int at = self->count;
    unsigned char *next = self->bytes + self->used;
    struct msghdr *message = &self->messages[at].msg_hdr;
    self->parts[at] = (struct iovec){next, needed};
    self->owners[at] = order;
    self->lengths[at] = end - start;
    for (int each = start; each < end; each++) {
        const Packet *packet = &job->packets[each];
        if (!seal(order, job->ssrc, packet, next)) {
            lose(self, at); /* it cannot be; but what is not sealed must not go out */
            return;
        }
        next += packet->header_size + packet->payload_size + TAG;
    }
    memset(message, 0, sizeof *message);
    message->msg_name = &order->address;
    message->msg_namelen = order->length;
    message->msg_iov = &self->parts[at];
    message->msg_iovlen = 1;
    if (end - start > 1) {
        uint16_t segment = (uint16_t)(size + TAG);
        message->msg_control = self->controls[at].bytes;
        message->msg_controllen = sizeof self->controls[at].bytes;
        struct cmsghdr *option = CMSG_FIRSTHDR(message);
        option->cmsg_level = SOL_UDP_;
        option->cmsg_type = UDP_SEGMENT;
        option->cmsg_len = CMSG_LEN(sizeof segment);
        memcpy(CMSG_DATA(option), &segment, sizeof segment);
    }
    self->used += needed;
    self->count++;
}

static void serve(Sender *self, Job *job)
{
    for (int who = 0; who < job->order_count; who++) {
        Order *order = &job->orders[who];
        for (int at = 0; at < job->run_count; at++) {
            const Run *run = &job->runs[at];
            if (self->segmented && !atomic_load(&order->target->whole)) {
                load(self, job, order, run->start, run->end, run->size);
                continue;
            }
            for (int each = run->start; each < run->end; each++)
                load(self, job, order, each, each + 1, 0);
        }
    }
    flush(self);
}

static long long datagrams(const Job *job)
{
    return (long long)job->order_count * job->packet_count;
}

static void *work(void *given)
{
    Sender *self = given;
    pthread_mutex_lock(&self->lock);
    for (;;) {
        while (self->first == NULL && !self->ending)
            pthread_cond_wait(&self->more, &self->lock);
        Job *job = self->first;
        if (job == NULL)
            break;
        self->first = job->next;
        if (self->first == NULL)
            self->last = &self->first;
        pthread_mutex_unlock(&self->lock);
        serve(self, job);
        pthread_mutex_lock(&self->lock);
        self->waiting -= datagrams(job);
        job->next = self->done;
        self->done = job;
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

static bool start_thread(Sender *self)
{
    /* Signals are for Python's main thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    self->running = pthread_create(&self->thread, NULL, work, self) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (self->running)
        pthread_setname_np(self->thread, "fanout"); /* for top and perf */
    return self->running;
}

static PyObject *sender_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    int segmented;
    long long most;
    if (no_keywords(kwargs) < 0 || !PyArg_ParseTuple(args, "pL:Sender", &segmented, &most))
        return NULL;
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Sender *self = (Sender *)alloc(type, 0);
    if (self == NULL)
        return NULL;
    pthread_mutex_init(&self->lock, NULL);
    pthread_cond_init(&self->more, NULL);
    self->last = &self->first;
    self->segmented = segmented;
    self->most = most;
    self->bytes = malloc(ROOM);
    if (self->bytes == NULL || !start_thread(self)) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

/* Take back what is done, and note who missed something. */
static void reap(Sender *self)
{
    pthread_mutex_lock(&self->lock);
    Job *job = self->done;
    self->done = NULL;
    pthread_mutex_unlock(&self->lock);
    while (job != NULL) {
        Job *next = job->next;
        for (int at = 0; at < job->order_count; at++)
            if (job->orders[at].full)
                note_missed(job->orders[at].target, job->ssrc);
        job_free(job);
        job = next;
    }
}

static PyObject *sender_close(PyObject *given, PyObject *unused)
{
    (void)unused;
    Sender *self = (Sender *)given;
    if (self->running) {
        self->running = false;
        pthread_mutex_lock(&self->lock);
        self->ending = true;
        pthread_cond_signal(&self->more);
        pthread_mutex_unlock(&self->lock);
        Py_BEGIN_ALLOW_THREADS
        pthread_join(self->thread, NULL);
        Py_END_ALLOW_THREADS
        reap(self);
    }
    Py_RETURN_NONE;
}

static void sender_dealloc(PyObject *given)
{
    Sender *self = (Sender *)given;
    PyTypeObject *type = Py_TYPE(given);
    Py_DECREF(sender_close(given, NULL));
    pthread_cond_destroy(&self->more);
    pthread_mutex_destroy(&self->lock);
    free(self->bytes);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(given);
    Py_DECREF(type);
}

/* Put it into the queue, unless that holds too much: what cannot be sent is never kept. A lone
 * packet, such as sound, may still pass when a picture may not. */
static bool enqueue(Sender *self, Job *job)
{
    long long most = job->packet_count == 1 ? 2 * self->most : self->most;
    pthread_mutex_lock(&self->lock);
    bool fits = !self->ending && (self->waiting == 0 || self->waiting + datagrams(job) <= most);
    if (fits) {
        self->waiting += datagrams(job);
        *self->last = job;
        self->last = &job->next;
        pthread_cond_signal(&self->more);
    }
    pthread_mutex_unlock(&self->lock);
    return fits;
}

static PyObject *everybody(Py_ssize_t count)
{
    PyObject *found = PyList_New(count);
    for (Py_ssize_t at = 0; found != NULL && at < count; at++) {
        PyObject *place = PyLong_FromSsize_t(at);
        if (place == NULL || PyList_SetItem(found, at, place) < 0)
            Py_CLEAR(found);
    }
    return found;
}

static PyObject *sender_send(PyObject *given, PyObject *args)
{
    Sender *self = (Sender *)given;
    unsigned int ssrc;
    PyObject *crowd, *packets, *runs;
    if (!PyArg_ParseTuple(args, "IO!OO:send", &ssrc, crowd_type, &crowd, &packets, &runs))
        return NULL;
    reap(self);
    PyObject *full = PyList_New(0);
    Job *job = full == NULL ? NULL : room_for(1, sizeof(Job));
    if (job == NULL) {
        Py_XDECREF(full);
        return NULL;
    }
    job->ssrc = ssrc;
    if (!read_packets(job, packets) || !read_runs(job, runs) ||
        !read_crowd(job, (Crowd *)crowd, full)) {
        job_free(job);
        Py_DECREF(full);
        return NULL;
    }
    if (!enqueue(self, job)) {
        atomic_fetch_add(&self->dropped, datagrams(job));
        job_free(job);
        Py_DECREF(full);
        full = everybody(((Crowd *)crowd)->count);
    }
    return full;
}

static PyObject *sender_sent(PyObject *given, void *unused)
{
    (void)unused;
    return PyLong_FromLongLong(atomic_load(&((Sender *)given)->sent));
}

static PyObject *sender_dropped(PyObject *given, void *unused)
{
    (void)unused;
    return PyLong_FromLongLong(atomic_load(&((Sender *)given)->dropped));
}

/* --- What Python sees. The stub accelerated.pyi says the same with types. --- */

static PyMethodDef target_methods[] = {
    {"aim", target_aim, METH_VARARGS,
     "aim(socket, address): send there from now on. aim(): send nowhere."},
    {0},
};

static PyType_Slot target_slots[] = {
    {Py_tp_doc, "Target(key, salt): one viewer's session key and salt, and where it is."},
    {Py_tp_new, target_new},
    {Py_tp_dealloc, target_dealloc},
    {Py_tp_methods, target_methods},
    {0},
};

static PyType_Spec target_spec = {
    .name = "rooms.media.accelerated.Target",
    .basicsize = sizeof(Target),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = target_slots,
};

static PyType_Slot crowd_slots[] = {
    {Py_tp_doc, "Crowd(targets, bases): viewers who get the same packets."},
    {Py_tp_new, crowd_new},
    {Py_tp_dealloc, crowd_dealloc},
    {0},
};

static PyType_Spec crowd_spec = {
    .name = "rooms.media.accelerated.Crowd",
    .basicsize = sizeof(Crowd),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = crowd_slots,
};

static PyMethodDef sender_methods[] = {
    {"send", sender_send, METH_VARARGS,
     "send(ssrc, crowd, packets, runs): places in the crowd of those who missed something."},
    {"close", sender_close, METH_NOARGS, "Send what waits, and end."},
    {0},
};

static PyGetSetDef sender_figures[] = {
    {"sent", sender_sent, NULL, "Datagrams that went out.", NULL},
    {"dropped", sender_dropped, NULL, "Datagrams there was no room for.", NULL},
    {0},
};

static PyType_Slot sender_slots[] = {
    {Py_tp_doc, "Sender(segmented, most): a thread with a queue of at most so many datagrams."},
    {Py_tp_new, sender_new},
    {Py_tp_dealloc, sender_dealloc},
    {Py_tp_methods, sender_methods},
    {Py_tp_getset, sender_figures},
    {0},
};

static PyType_Spec sender_spec = {
    .name = "rooms.media.accelerated.Sender",
    .basicsize = sizeof(Sender),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = sender_slots,
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "accelerated",
    .m_doc = "One batch to many viewers, sealed and sent by a thread that needs no Python.",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_accelerated(void)
{
    if (!find_cipher()) {
        PyErr_SetString(PyExc_ImportError, "there is no libcrypto to seal with");
        return NULL;
    }
    PyObject *module = PyModule_Create(&definition);
    const struct { const char *name; PyType_Spec *spec; PyTypeObject **type; } types[] = {
        {"Target", &target_spec, &target_type},
        {"Crowd", &crowd_spec, &crowd_type},
        {"Sender", &sender_spec, &sender_type},
    };
    for (size_t at = 0; module != NULL && at < sizeof types / sizeof *types; at++) {
        PyObject *type = PyType_FromSpec(types[at].spec); /* kept for good */
        *types[at].type = (PyTypeObject *)type;
        if (type == NULL || PyModule_AddObjectRef(module, types[at].name, type) < 0)
            Py_CLEAR(module);
    }
    return module;
}
