"""``detect_anomaly``: the first number that is not finite becomes an error, here and only here."""

import asyncio
import math
import threading

import pytest

from microgradwidgets import Value, backward, detect_anomaly


def message_of(function):
    with pytest.raises(ArithmeticError) as caught, detect_anomaly():
        function()
    return str(caught.value)


def test_outside_a_block_numbers_follow_ieee_754():
    x = Value(0.0)
    y = x**-1 - x**-1
    assert math.isnan(y.data)
    assert math.isnan(backward(y)[x])


def test_the_error_names_operation_operands_and_labels():
    x, y = Value(1e308, label="x"), Value(10.0)
    assert message_of(lambda: x * y) == (
        "expected a finite number, got: inf from the operation '*' "
        f"of x = 1e+308, value {y.id} = 10.0"
    )
    assert message_of(lambda: x.exp(label="big")) == (
        "expected a finite number, got: inf from the operation 'exp' (big) of x = 1e+308"
    )
    assert message_of(lambda: Value(-1.0, label="t").log()) == (
        "expected a finite number, got: nan from the operation 'log' of t = -1.0"
    )


def test_for_a_leaf_the_operation_is_leaf():
    assert message_of(lambda: Value(math.nan, label="x")) == (
        "expected a finite number, got: nan from the operation 'leaf' (x) of nan"
    )
    assert "from the operation 'leaf' of inf" in message_of(lambda: Value(1.0) + math.inf)


def test_an_infinite_local_derivative_is_an_anomaly():
    assert message_of(lambda: Value(0.0, label="x") ** 0.5) == (
        "expected a finite local derivative by x, got: inf from the operation '**0.5' of x = 0.0"
    )


def test_an_infinite_gradient_is_an_anomaly_named_from_the_output_on():
    x = Value(1e-200, label="x")
    y = x.mul(1e200, label="y")
    z = y * 1e200 * 1e-100  # every number and local derivative is finite; dz/dx is 1e300
    assert backward(z)[x] == pytest.approx(1e300)
    assert message_of(lambda: backward(z * 1e10 * 1e-10 * 1e10)) == (
        "expected a finite gradient, got: inf arriving at the operation 'leaf' (x) of 1e-200"
    )


def test_a_label_in_the_message_is_visible_text():
    message = message_of(lambda: Value(0.0, label="a\x1b[31m\nb" + "x" * 1000) ** -1)
    assert "a␛[31m" in message
    assert "\x1b" not in message
    assert len(message) < 400


def test_finite_work_passes():
    with detect_anomaly():
        x = Value(3.0)
        y = (x * x).tanh() / 2 + x.relu()
        assert backward(y)[x] == pytest.approx(1.0, abs=1e-6)


def test_blocks_nest_and_end_with_an_error():
    with detect_anomaly():
        with pytest.raises(ZeroDivisionError), detect_anomaly():
            raise ZeroDivisionError
        with pytest.raises(ArithmeticError):
            Value(math.inf)
    assert Value(math.inf).data == math.inf


def test_a_block_holds_for_its_own_thread_only():
    inside = []
    with detect_anomaly():
        thread = threading.Thread(target=lambda: inside.append(backward(Value(0.0) ** -1)))
        thread.start()
        thread.join()
        with pytest.raises(ArithmeticError):
            Value(0.0) ** -1
    assert len(inside) == 1


def test_a_block_holds_for_its_own_task_only():
    async def careful(entered, done):
        with detect_anomaly():
            entered.set()
            await done.wait()
            with pytest.raises(ArithmeticError):
                Value(math.inf)

    async def main():
        entered, done = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(careful(entered, done))
        await entered.wait()
        assert Value(math.inf).data == math.inf
        done.set()
        await task

    asyncio.run(main())


def test_after_a_thousand_blocks_in_eight_threads_nothing_is_left_on():
    def work():
        for _ in range(125):
            with pytest.raises(ArithmeticError), detect_anomaly():
                Value(math.nan)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    from microgradwidgets import watching

    assert not watching.active
