// Approvals through the npm package bpmn-engine, as its documentation's examples run them: each
// instance is made from the XML text, and every task is answered as soon as it waits. Prints JSON.
//
//   bpmn_bench.mjs memory 32 2000        so many at a time, in memory, for so many milliseconds
//   bpmn_bench.mjs read_once 32 2000     the same, but the XML text is read once for all instances
//   bpmn_bench.mjs saved 2000 FILE       one at a time; its state is appended to FILE and flushed at
//                                        each wait and at the end, and every answer is given to an
//                                        engine that was recovered from that state
import { EventEmitter } from "node:events";
import { open } from "node:fs/promises";
import * as elements from "bpmn-elements";
import { Engine } from "bpmn-engine";
import BpmnModdle from "bpmn-moddle";
import serializer, { TypeResolver } from "moddle-context-serializer";

const source = `<?xml version="1.0" encoding="UTF-8"?>
<definitions id="quotes" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <process id="discount" isExecutable="true">
    <startEvent id="start" />
    <userTask id="manager" />
    <exclusiveGateway id="is_large" default="to_finance" />
    <userTask id="director" />
    <userTask id="finance" />
    <endEvent id="end" />
    <sequenceFlow id="to_manager" sourceRef="start" targetRef="manager" />
    <sequenceFlow id="to_gateway" sourceRef="manager" targetRef="is_large" />
    <sequenceFlow id="to_director" sourceRef="is_large" targetRef="director">
      <conditionExpression xsi:type="tFormalExpression" language="JavaScript"><![CDATA[
        next(null, this.environment.variables.amount >= 1000)
      ]]></conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="to_finance" sourceRef="is_large" targetRef="finance" />
    <sequenceFlow id="from_director" sourceRef="director" targetRef="finance" />
    <sequenceFlow id="to_end" sourceRef="finance" targetRef="end" />
  </process>
</definitions>`;

const variables = { amount: 5000 };
const tasks = ["manager", "director", "finance"];

function require_all(answered) {
  if (answered.join() !== tasks.join()) throw new Error(`answered ${answered}, not ${tasks}`);
}

async function read_source() {
  return serializer(await new BpmnModdle().fromXML(source), TypeResolver(elements));
}

async function run_in_memory(definition) {
  const listener = new EventEmitter();
  const answered = [];
  listener.on("activity.wait", (task) => {
    answered.push(task.id);
    task.signal({ approved: true });
  });
  const engine = new Engine({ name: "discount", ...definition });
  const ended = engine.waitFor("end");
  await engine.execute({ listener, variables });
  await ended;
  require_all(answered);
}

// Gives the engine to whoever comes next: at the first task that waits, or at the end.
async function until_it_waits(engine, begin, answer) {
  const listener = new EventEmitter();
  let is_answered = !answer;
  const waits = new Promise((resolve) => {
    listener.on("activity.wait", (task) => {
      if (is_answered) return resolve(task.id);
      is_answered = true;
      task.signal({ approved: true });
    });
  });
  const ends = engine.waitFor("end").then(() => null);
  await begin(listener);
  return Promise.race([waits, ends]);
}

async function save(engine, file) {
  const text = JSON.stringify(await engine.getState());
  await file.write(text);
  await file.datasync();
  return text;
}

async function run_saved(file) {
  let engine = new Engine({ name: "discount", source });
  const answered = [];
  let task = await until_it_waits(engine, (listener) => engine.execute({ listener, variables }), false);
  let bytes = 0;
  while (task !== null) {
    const text = await save(engine, file);
    bytes = Math.max(bytes, text.length);
    engine.stop();
    answered.push(task);
    const recovered = new Engine({ name: "discount" }).recover(JSON.parse(text));
    task = await until_it_waits(recovered, (listener) => recovered.resume({ listener }), true);
    engine = recovered;
  }
  await save(engine, file);
  require_all(answered);
  return bytes;
}

async function per_second(milliseconds, at_a_time, run) {
  await run();  // so that the compiler of the engine has seen it
  const begin = process.hrtime.bigint();
  const passed = () => Number(process.hrtime.bigint() - begin) / 1e6;
  let done = 0;
  const one_after_the_other = async () => {
    while (passed() < milliseconds) {
      await run();
      ++done;
    }
  };
  await Promise.all(Array.from({ length: at_a_time }, one_after_the_other));
  return done / (passed() / 1e3);
}

const [, , mode, ...rest] = process.argv;
if (mode === "memory" || mode === "read_once") {
  const [at_a_time, milliseconds] = rest.map(Number);
  const definition = mode === "memory" ? { source } : { sourceContext: await read_source() };
  const rate = await per_second(milliseconds, at_a_time, () => run_in_memory(definition));
  process.stdout.write(JSON.stringify({ per_second: rate }));
} else {
  const file = await open(rest[1], "a");
  let bytes = 0;
  const rate = await per_second(Number(rest[0]), 1, async () => {
    bytes = Math.max(bytes, await run_saved(file));
  });
  await file.close();
  process.stdout.write(JSON.stringify({ per_second: rate, state_bytes: bytes }));
}
